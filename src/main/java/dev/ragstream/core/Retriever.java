package dev.ragstream.core;

/** Finds the passages for a question. */
@FunctionalInterface
public interface Retriever {

  /**
   * Finds up to {@code limit} passages, best first.
   *
   * @throws FailureException where they cannot be looked for
   */
  Retrieval retrieve(String query, Retrieval.Options options, int limit);
}
