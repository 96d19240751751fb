package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch._types.mapping.DenseVectorIndexOptionsType;
import co.elastic.clients.elasticsearch._types.mapping.DenseVectorProperty;
import co.elastic.clients.elasticsearch._types.mapping.DenseVectorSimilarity;
import java.util.Objects;

/**
 * A field of vectors.
 *
 * @param quantized whether they are compared by shortened copies at first
 */
record VectorField(
    String name, int dimensions, DenseVectorSimilarity similarity, boolean quantized) {

  /** The field as the mapping has it, with the server's defaults for what it does not say. */
  static VectorField of(String name, DenseVectorProperty property) {
    return new VectorField(
        name,
        Objects.requireNonNullElse(property.dims(), 0),
        Objects.requireNonNullElse(property.similarity(), DenseVectorSimilarity.Cosine),
        property.indexOptions() != null && isQuantized(property.indexOptions().type()));
  }

  private static boolean isQuantized(DenseVectorIndexOptionsType type) {
    return switch (type) {
      case Flat, Hnsw -> false;
      case BbqFlat, BbqHnsw, BbqDisk, Int4Flat, Int4Hnsw, Int8Flat, Int8Hnsw -> true;
    };
  }

  /**
   * The cosine behind a score, by the formulas of the reference page of {@code dense_vector}; the
   * vectors are taken to be of length one. Rounding may take it a little out of its range.
   */
  double cosine(double score) {
    double cosine =
        switch (similarity) {
          case Cosine, DotProduct -> 2 * score - 1;
          case L2Norm -> 1 - (1 / score - 1) / 2;
          case MaxInnerProduct -> score < 1 ? 1 - 1 / score : score - 1;
        };
    return Math.clamp(cosine, -1, 1);
  }
}
