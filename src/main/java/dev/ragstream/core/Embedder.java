package dev.ragstream.core;

import java.util.List;

/** Port: turns text into vectors of unit length. Safe for use by several threads. */
public interface Embedder extends AutoCloseable {

  /**
   * The model's name and the length of its vectors; a store remembers both.
   *
   * @throws FailureException where the length is not known and cannot be asked for
   */
  EmbeddingModel model();

  /**
   * Embeds passages for storage.
   *
   * @return one vector for each text, in order, of length {@link EmbeddingModel#dimensions()} and
   *     norm 1
   * @throws TextRefusedException where one of the texts alone is to blame
   * @throws FailureException of kind {@code EMBEDDING} or an upstream kind
   */
  List<float[]> embedPassages(List<String> texts);

  /** Embeds a question; some models want another prefix for it than for passages. */
  float[] embedQuestion(String text);

  /** Where the model's tokens are in a text: what chunk sizes are measured in. */
  TokenSpans tokens(String text);

  /** The longest text that the model reads, in its tokens; what is beyond is not seen. */
  int maxTokens();

  /** How many texts one call to {@link #embedPassages} should hold to be fast. */
  int batchSize();

  /** How many calls should run at the same time to be fast. */
  int concurrency();

  /** Begins with what the first call would have to wait for, and returns at once. */
  default void warmUp() {}

  @Override
  void close();
}
