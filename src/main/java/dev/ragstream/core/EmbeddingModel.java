package dev.ragstream.core;

/**
 * Names an embedding model. Vectors of different models cannot be compared, so a store built with
 * one refuses another.
 *
 * @param name as in the setting {@code embedding.model}
 * @param dimensions the length of its vectors
 */
public record EmbeddingModel(String name, int dimensions) {

  @Override
  public String toString() {
    return name + " (" + dimensions + " dimensions)";
  }
}
