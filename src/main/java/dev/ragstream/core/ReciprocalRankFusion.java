package dev.ragstream.core;

import dev.ragstream.core.Passage.Standing;
import dev.ragstream.core.PassageStore.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins two rankings into one: {@code score = Σ 1 / (60 + rank)} over the rankings that hold the
 * chunk (Cormack, Clarke and Büttcher, <i>Reciprocal Rank Fusion outperforms Condorcet and
 * individual Rank Learning Methods</i>, SIGIR 2009).
 */
public final class ReciprocalRankFusion {

  /** The constant of the paper; it damps the weight of the very first ranks. */
  public static final int K = 60;

  private ReciprocalRankFusion() {}

  /** A chunk with its places in both rankings. */
  public record Fused(
      String id, double score, @Nullable Standing lexical, @Nullable Standing vector) {}

  /**
   * The union of both rankings, best first. Equal sums are ordered by the better single rank, then
   * lexical before vector, then by id, so that a result never depends on chance.
   */
  public static List<Fused> fuse(List<Candidate> lexical, List<Candidate> vector) {
    Map<String, Standing> lexicalStandings = standings(lexical);
    Map<String, Standing> vectorStandings = standings(vector);
    Map<String, Fused> fused = new HashMap<>();
    for (Map<String, Standing> ranking : List.of(lexicalStandings, vectorStandings)) {
      for (String id : ranking.keySet()) {
        fused.computeIfAbsent(
            id, _ -> fused(id, lexicalStandings.get(id), vectorStandings.get(id)));
      }
    }
    List<Fused> ordered = new ArrayList<>(fused.values());
    ordered.sort(
        Comparator.comparingDouble(Fused::score)
            .reversed()
            .thenComparingInt(f -> Math.min(rank(f.lexical()), rank(f.vector())))
            .thenComparingInt(f -> rank(f.lexical()))
            .thenComparing(Fused::id));
    return ordered;
  }

  /** What one rank adds to the sum; nothing where the ranking does not hold the chunk. */
  public static double share(@Nullable Standing standing) {
    return standing == null ? 0 : 1.0 / (K + standing.rank());
  }

  private static Fused fused(String id, @Nullable Standing lexical, @Nullable Standing vector) {
    return new Fused(id, share(lexical) + share(vector), lexical, vector);
  }

  private static int rank(@Nullable Standing standing) {
    return standing == null ? Integer.MAX_VALUE : standing.rank();
  }

  private static Map<String, Standing> standings(List<Candidate> ranking) {
    Map<String, Standing> standings = new LinkedHashMap<>();
    for (Candidate candidate : ranking) {
      standings.putIfAbsent(candidate.id(), new Standing(standings.size() + 1, candidate.score()));
    }
    return standings;
  }
}
