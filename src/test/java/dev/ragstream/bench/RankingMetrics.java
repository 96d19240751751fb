package dev.ragstream.bench;

import java.util.List;
import java.util.Map;

/**
 * How good a ranking is, given what is relevant.
 *
 * @param ranking document ids, best first, each once
 * @param relevant document ids with their grades, above 0
 */
record RankingMetrics(List<String> ranking, Map<String, Integer> relevant) {

  /**
   * Normalised discounted cumulative gain with linear gains, as trec_eval computes {@code ndcg_cut}
   * (Järvelin and Kekäläinen, 2002).
   */
  double ndcg(int depth) {
    double ideal = dcg(relevant.values().stream().sorted((a, b) -> b - a).limit(depth).toList());
    double actual =
        dcg(ranking.stream().limit(depth).map(id -> relevant.getOrDefault(id, 0)).toList());
    return ideal == 0 ? 0 : actual / ideal;
  }

  /** The share of relevant documents among the first {@code depth}. */
  double recall(int depth) {
    long found = ranking.stream().limit(depth).filter(relevant::containsKey).count();
    return (double) found / relevant.size();
  }

  /** One over the rank of the first relevant document, if it is among the first {@code depth}. */
  double reciprocalRank(int depth) {
    for (int i = 0; i < Math.min(depth, ranking.size()); i++) {
      if (relevant.containsKey(ranking.get(i))) {
        return 1.0 / (i + 1);
      }
    }
    return 0;
  }

  private static double dcg(List<Integer> grades) {
    double sum = 0;
    for (int i = 0; i < grades.size(); i++) {
      sum += grades.get(i) / (Math.log(i + 2) / Math.log(2));
    }
    return sum;
  }
}
