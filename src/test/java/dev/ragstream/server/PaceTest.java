package dev.ragstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @ParameterizedTest
  @ValueSource(longs = {0, 3, Long.MAX_VALUE / 1_000_000_000L})
  void aLateFirstPieceMakesTheSecondOneComeNoSooner(long seconds) {
    Pace pace = new Pace(5);
    long first = seconds * SECOND;
    assertThat(pace.hold(first)).isZero();
    assertThat(pace.hold(first)).isEqualTo(Duration.ofMillis(200));
    assertThat(pace.hold(first + SECOND / 5)).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void piecesThatComeAllAtOncePassOneByOne() {
    Pace pace = new Pace(10);
    for (int piece = 0; piece < 5; piece++) {
      assertThat(pace.hold(SECOND)).isEqualTo(Duration.ofMillis(100L * piece));
    }
  }

  @Test
  void aPauseInTheMiddleIsNotMadeUpFor() {
    Pace pace = new Pace(10);
    pace.hold(0);
    assertThat(pace.hold(5 * SECOND)).isZero();
    assertThat(pace.hold(5 * SECOND)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void slowerPiecesThanTheRateWaitForNothing() {
    Pace pace = new Pace(10);
    for (int piece = 0; piece < 5; piece++) {
      assertThat(pace.hold(piece * SECOND)).isZero();
    }
  }

  @Test
  void withoutARateNothingWaits() {
    Pace pace = new Pace(0);
    assertThat(pace.hold(7)).isZero();
    assertThat(pace.hold(7)).isZero();
  }
}
