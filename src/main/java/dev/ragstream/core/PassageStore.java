package dev.ragstream.core;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Port: holds chunks with their vectors and finds them by words and by nearness. Safe for use by
 * several threads.
 */
public interface PassageStore extends AutoCloseable {

  /**
   * Finds candidates in one round trip.
   *
   * @throws FailureException of kind {@code STORE_MISSING} where nothing was indexed yet, or {@code
   *     STORE}
   */
  Candidates search(Query query);

  /** The documents in the store, by source; none where nothing was indexed yet. */
  Map<String, StoredDocument> documents();

  /**
   * What the store holds.
   *
   * @throws FailureException of kind {@code STORE_MISSING} where nothing was indexed yet
   */
  StoreStatus status();

  /**
   * Opens the store for writing; one writer at a time.
   *
   * @param model the embedding model of the vectors to come
   * @param rebuild start from nothing; readers go on with the old content until the first commit
   * @throws FailureException of kind {@code STORE_LOCKED} where another process writes, {@code
   *     STORE_MISMATCH} where the store was built with another model and this is no rebuild
   */
  PassageWriter write(EmbeddingModel model, boolean rebuild);

  /**
   * Looks for all that could be wrong, and tells of what is good as well; fails for nothing that it
   * finds.
   *
   * @param model that questions are embedded with; null where it could not be found out
   */
  List<Finding> examine(@Nullable EmbeddingModel model);

  /**
   * Does what the first search would have to do anyhow.
   *
   * @throws FailureException as a search does
   */
  default void warmUp() {}

  @Override
  void close();

  /**
   * What to look for.
   *
   * @param text words for BM25, or null to leave that half out
   * @param vector of the question, or null to leave that half out
   * @param where applied before the limit, in both halves
   * @param limit how many candidates each half returns at most, from 1
   */
  record Query(@Nullable String text, @Nullable QuestionVector vector, Filter where, int limit) {}

  /** A question as a model embedded it; a store built with another model refuses it. */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, compared by nobody
  record QuestionVector(EmbeddingModel model, float[] values) {}

  /**
   * The rankings of one search, best first, and the chunks behind them as they were at that moment.
   */
  interface Candidates extends AutoCloseable {

    List<Candidate> lexical();

    List<Candidate> vector();

    /** The chunks with these ids, in this order; the ids come from this object's rankings. */
    List<Chunk> load(List<String> ids);

    @Override
    void close();
  }

  /** A chunk in a ranking. */
  record Candidate(String id, double score) {}
}
