package dev.ragstream.render;

import dev.ragstream.core.Retrieval;

/** A way to write down what a search found. */
@FunctionalInterface
public interface RetrievalFormat {

  /** The whole result; ends in a line feed. */
  String write(Retrieval retrieval);
}
