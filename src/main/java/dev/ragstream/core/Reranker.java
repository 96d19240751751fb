package dev.ragstream.core;

import java.util.List;

/**
 * Port: judges how well each of some texts answers a question, by reading both together. Safe for
 * use by several threads.
 */
public interface Reranker {

  /** The model's name, for people. */
  String name();

  /**
   * Judges texts.
   *
   * @param texts at least one
   * @return a finite score for each text, in their order; more is better, on the model's own scale
   * @throws FailureException of an upstream kind
   */
  List<Double> scores(String question, List<String> texts);
}
