package dev.ragstream.core;

import java.time.Duration;
import java.util.List;

/**
 * What was found for a question.
 *
 * @param passages best first, numbered from 1; up to twice {@link Options#topK()}, so that the
 *     ledger can show the near misses and a duplicate costs no place
 */
public record Retrieval(String query, Options options, List<Passage> passages, Duration took) {

  public Retrieval {
    passages = List.copyOf(passages);
  }

  /** The same without the passages that score below {@link Options#minScore()}. */
  public Retrieval aboveMinScore() {
    return new Retrieval(
        query,
        options,
        passages.stream().filter(passage -> passage.score() >= options.minScore()).toList(),
        took);
  }

  /** Which rankings are asked. */
  public enum Mode {
    HYBRID,
    LEXICAL,
    VECTOR
  }

  /**
   * How to look.
   *
   * @param topK how many passages the prompt may hold, from 1
   * @param candidates how many each ranking contributes to the fusion, at least {@code topK}
   * @param minScore passages below it stay out of the prompt; in the scale of {@link
   *     Passage#score()}
   */
  public record Options(Mode mode, int topK, int candidates, double minScore, Filter where) {}
}
