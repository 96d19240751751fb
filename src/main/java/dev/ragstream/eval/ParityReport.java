package dev.ragstream.eval;

import dev.ragstream.core.Retrieval.Mode;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How far the rankings of two stores with the same documents agree.
 *
 * @param k how many of the best passages were compared
 * @param rows one for each question; all have the same modes in the same order
 */
public record ParityReport(int k, List<Row> rows) {

  public ParityReport {
    rows = List.copyOf(rows);
  }

  /** One question in all modes that were asked for. */
  public record Row(String question, List<Comparison> modes) {

    public Row {
      modes = List.copyOf(modes);
    }
  }

  /**
   * One question in one mode.
   *
   * @param lucene the ids of the best passages of the embedded store, best first
   * @param elasticsearch likewise of the cluster
   */
  public record Comparison(
      Mode mode, List<String> lucene, List<String> elasticsearch, RankAgreement agreement) {

    public Comparison {
      lucene = List.copyOf(lucene);
      elasticsearch = List.copyOf(elasticsearch);
    }

    /** Compares the best {@code k}. */
    public static Comparison of(Mode mode, List<String> lucene, List<String> elasticsearch, int k) {
      return new Comparison(
          mode, lucene, elasticsearch, RankAgreement.of(lucene, elasticsearch, k));
    }
  }

  /**
   * All questions in one mode.
   *
   * @param questions how many, at least 1
   * @param overlap mean
   * @param firstAgrees share of the questions whose first passage is the same
   * @param rankBiasedOverlap mean
   * @param same how many rankings are the same
   */
  public record Summary(
      Mode mode,
      int questions,
      double overlap,
      double firstAgrees,
      double rankBiasedOverlap,
      int same) {}

  /** The means, in the rows' order of modes. */
  public List<Summary> summaries() {
    return rows.stream()
        .limit(1)
        .flatMap(row -> row.modes().stream())
        .map(Comparison::mode)
        .map(this::summary)
        .toList();
  }

  private Summary summary(Mode mode) {
    List<RankAgreement> all =
        rows.stream()
            .flatMap(row -> row.modes().stream())
            .filter(each -> each.mode() == mode)
            .map(Comparison::agreement)
            .toList();
    return new Summary(
        mode,
        all.size(),
        mean(all, RankAgreement::overlap),
        mean(all, each -> each.firstAgrees() ? 1 : 0),
        mean(all, RankAgreement::rankBiasedOverlap),
        (int) all.stream().filter(each -> each.firstDifference() == null).count());
  }

  private static double mean(List<RankAgreement> all, ToDoubleFunction<RankAgreement> value) {
    return all.stream().mapToDouble(value).average().orElseThrow();
  }
}
