package dev.ragstream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ragstream.core.Passage.Standing;
import dev.ragstream.core.PassageStore.Candidate;
import dev.ragstream.core.ReciprocalRankFusion.Fused;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReciprocalRankFusionTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # lexical, vector, fused
          -,         -,      -
          abc,       -,      abc
          -,         abc,    abc
          ab,        ba,     ab
          ab,        cd,     acbd
          ba,        dc,     bdac
          abc,       cab,    acb
          abcd,      dxyc,   dcabxy
          aab,       bb,     ba
          """)
  void ordersTheUnionOfBothRankings(String lexical, String vector, String fused) {
    String order =
        String.join(
            "",
            ReciprocalRankFusion.fuse(ranking(lexical), ranking(vector)).stream()
                .map(Fused::id)
                .toList());
    assertThat(order).isEqualTo(fused == null ? "" : fused);
  }

  @Test
  void theScoreIsTheSumOfTheSharesOfBothRanks() {
    List<Fused> fused = ReciprocalRankFusion.fuse(ranking("abc"), ranking("cab"));
    assertThat(fused)
        .extracting(Fused::score)
        .satisfiesExactly(
            a -> assertThat(a).isCloseTo(0.0325224748810153, within(1e-15)), // 1/61 + 1/62
            c -> assertThat(c).isCloseTo(0.0322664584959667, within(1e-15)), // 1/63 + 1/61
            b -> assertThat(b).isCloseTo(0.0320020481310804, within(1e-15))); // 1/62 + 1/63
  }

  @Test
  void eachChunkKeepsItsPlaceAndScoreInBothRankings() {
    List<Fused> fused =
        ReciprocalRankFusion.fuse(
            List.of(new Candidate("a", 7.1), new Candidate("b", 3.5)),
            List.of(new Candidate("b", 0.83)));
    assertThat(fused)
        .containsExactly(
            new Fused("b", 1 / 62.0 + 1 / 61.0, new Standing(2, 3.5), new Standing(1, 0.83)),
            new Fused("a", 1 / 61.0, new Standing(1, 7.1), null));
  }

  @Test
  void aChunkThatARankingHoldsTwiceCountsOnceAndLeavesNoGap() {
    List<Fused> fused = ReciprocalRankFusion.fuse(ranking("aab"), List.of());
    assertThat(fused)
        .extracting(Fused::lexical)
        .containsExactly(new Standing(1, 1.0), new Standing(2, 1 / 3.0));
  }

  /** Ids of one letter, best first, with falling scores. */
  private static List<Candidate> ranking(String ids) {
    List<Candidate> ranking = new ArrayList<>();
    if (ids != null) {
      ids.chars()
          .forEach(
              id -> ranking.add(new Candidate(Character.toString(id), 1.0 / (ranking.size() + 1))));
    }
    return ranking;
  }
}
