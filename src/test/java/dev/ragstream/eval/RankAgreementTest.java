package dev.ragstream.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankAgreementTest {

  @Test
  void theSameRankingsAgree() {
    assertThat(of("abcdefghij", "abcdefghij", 10)).isEqualTo(new RankAgreement(1, 1, null));
    assertThat(of("abc", "abc", 10)).isEqualTo(new RankAgreement(1, 1, null));
    assertThat(of("a", "a", 1).firstAgrees()).isTrue();
  }

  @Test
  void twoEmptyRankingsAgree() {
    assertThat(of("", "", 10)).isEqualTo(new RankAgreement(1, 1, null));
    assertThat(of("", "", 10).firstAgrees()).isTrue();
  }

  @Test
  void rankingsWithNothingInCommonDoNot() {
    assertThat(of("abc", "xyz", 10)).isEqualTo(new RankAgreement(0, 0, 1));
    assertThat(of("abc", "", 10)).isEqualTo(new RankAgreement(0, 0, 1));
    assertThat(of("abc", "xyz", 10).firstAgrees()).isFalse();
  }

  /** The expected values follow from the formula by hand: X is 1, 1, 3 in the first row. */
  @ParameterizedTest
  @CsvSource({
    "abc, acb, 1, 0.955, 2",
    "abcdefghij, bacdefghij, 1, 0.9, 1",
    "abcd, abcx, 0.75, 0.81775, 4",
    "ab, a, 0.5, 1, 2",
    "abc, xa, 0.333333, 0.45, 1",
  })
  void whatCountsMostIsTheTop(
      String one, String other, double overlap, double rankBiased, int difference) {
    for (RankAgreement agreement : List.of(of(one, other, 10), of(other, one, 10))) {
      assertThat(agreement.overlap()).isCloseTo(overlap, within(1e-6));
      assertThat(agreement.rankBiasedOverlap()).isCloseTo(rankBiased, within(1e-9));
      assertThat(agreement.firstDifference()).isEqualTo(difference);
    }
  }

  @Test
  void whatLiesBeyondTheBestIsLeftOut() {
    assertThat(of("abXY", "abZ", 2)).isEqualTo(new RankAgreement(1, 1, null));
  }

  private static RankAgreement of(String one, String other, int k) {
    return RankAgreement.of(letters(one), letters(other), k);
  }

  private static List<String> letters(String ranking) {
    return ranking.chars().mapToObj(Character::toString).toList();
  }
}
