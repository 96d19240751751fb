package dev.ragstream.core;

import org.jspecify.annotations.Nullable;

/**
 * A retrieved chunk with the evidence of how it was found.
 *
 * @param n its fused rank, from 1; also the number by which an answer cites it
 * @param score the score of the chosen mode: reciprocal rank fusion for hybrid, BM25 for lexical,
 *     cosine for vector
 * @param lexical where BM25 had it, or null where it was not among its candidates
 * @param vector where the nearest-neighbour search had it, or null likewise; its score is the
 *     cosine, -1 to 1
 */
public record Passage(
    int n, Chunk chunk, double score, @Nullable Standing lexical, @Nullable Standing vector) {

  /** A place in one ranking: the rank from 1, and the score there. */
  public record Standing(int rank, double score) {}
}
