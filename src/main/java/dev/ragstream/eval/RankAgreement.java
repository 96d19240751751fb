package dev.ragstream.eval;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far two rankings of the same things agree.
 *
 * @param overlap the share of the best k that both hold, 0 to 1
 * @param rankBiasedOverlap 0 to 1, the best ranks counting most; see {@link #of}
 * @param firstDifference the first rank, from 1, at which they hold different things or one of them
 *     has ended; null where they are the same
 */
public record RankAgreement(
    double overlap, double rankBiasedOverlap, @Nullable Integer firstDifference) {

  /** How much a rank weighs of the one before it; the first ten then weigh 86 %. */
  public static final double PERSISTENCE = 0.9;

  /**
   * Compares rankings, best first, in which nothing stands twice. Two empty ones agree.
   *
   * <p>Rank-biased overlap is the extrapolated RBO of W. Webber, A. Moffat and J. Zobel, <a
   * href="https://doi.org/10.1145/1852102.1852106">A Similarity Measure for Indefinite Rankings</a>
   * (ACM Transactions on Information Systems 28(4), 2010), equation 32, with {@code p = 0.9}.
   *
   * @param k what lies beyond rank {@code k} is left out; from 1
   */
  public static RankAgreement of(List<String> one, List<String> other, int k) {
    List<String> first = one.subList(0, Math.min(k, one.size()));
    List<String> second = other.subList(0, Math.min(k, other.size()));
    int[] common = common(first, second);
    int longer = common.length - 1;
    return new RankAgreement(
        longer == 0 ? 1 : (double) common[longer] / longer,
        rankBiasedOverlap(common, Math.min(first.size(), second.size())),
        firstDifference(first, second));
  }

  /** Whether both have the same thing on rank 1, or nothing at all. */
  public boolean firstAgrees() {
    return firstDifference == null || firstDifference > 1;
  }

  /** For each depth from 0 to the longer ranking's end, how many things both hold down to there. */
  private static int[] common(List<String> one, List<String> other) {
    int[] common = new int[Math.max(one.size(), other.size()) + 1];
    Set<String> seen = new HashSet<>();
    for (int depth = 1; depth < common.length; depth++) {
      common[depth] = common[depth - 1];
      for (List<String> ranking : List.of(one, other)) {
        if (depth <= ranking.size() && !seen.add(ranking.get(depth - 1))) {
          common[depth]++;
        }
      }
    }
    return common;
  }

  /**
   * Equation 32 of the paper.
   *
   * @param common its X: what both hold down to each depth
   * @param s the length of the shorter ranking
   */
  private static double rankBiasedOverlap(int[] common, int s) {
    int l = common.length - 1;
    if (s == 0) {
      return l == 0 ? 1 : 0;
    }
    double sum = 0;
    double weight = 1;
    for (int d = 1; d <= l; d++) {
      weight *= PERSISTENCE;
      double agreement = (double) common[d] / d;
      if (d > s) {
        agreement += (double) common[s] * (d - s) / ((double) s * d);
      }
      sum += agreement * weight;
    }
    double beyond = (double) (common[l] - common[s]) / l + (double) common[s] / s;
    return (1 - PERSISTENCE) / PERSISTENCE * sum + beyond * weight;
  }

  private static @Nullable Integer firstDifference(List<String> one, List<String> other) {
    int shorter = Math.min(one.size(), other.size());
    for (int i = 0; i < shorter; i++) {
      if (!one.get(i).equals(other.get(i))) {
        return i + 1;
      }
    }
    return one.size() == other.size() ? null : shorter + 1;
  }
}
