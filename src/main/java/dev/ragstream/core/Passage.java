package dev.ragstream.core;

import org.jspecify.annotations.Nullable;

/**
 * A retrieved chunk with the evidence of how it was found.
 *
 * @param n its rank, from 1: the fused one, or the reranker's where there is one; also the number
 *     by which an answer cites it
 * @param score the score of the chosen mode: reciprocal rank fusion for hybrid, BM25 for lexical,
 *     cosine for vector
 * @param lexical where BM25 had it, or null where it was not among its candidates
 * @param vector where the nearest-neighbour search had it, or null likewise; its score is the
 *     cosine, -1 to 1
 * @param rerank what the reranker made of it; null where there is none
 */
public record Passage(
    int n,
    Chunk chunk,
    double score,
    @Nullable Standing lexical,
    @Nullable Standing vector,
    @Nullable Reranked rerank) {

  /** One that no reranker has seen. */
  public Passage(
      int n, Chunk chunk, double score, @Nullable Standing lexical, @Nullable Standing vector) {
    this(n, chunk, score, lexical, vector, null);
  }

  /** A place in one ranking: the rank from 1, and the score there. */
  public record Standing(int rank, double score) {}

  /**
   * A place in the ranking of a reranker.
   *
   * @param rank from 1
   * @param score on the reranker's own scale; more is better
   * @param before its rank before that, from 1
   */
  public record Reranked(int rank, double score, int before) {}
}
