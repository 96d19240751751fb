package dev.ragstream.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

  @ParameterizedTest
  @CsvSource({
    "7,PT7S",
    "0,PT0S",
    "60,PT1M",
    "3600,PT1M",
    "99999999999999999999,PT1S",
    "'Sun, 01 Mar 2026 12:00:20 GMT',PT20S",
    "'Sun, 01 Mar 2026 13:00:00 GMT',PT1M",
    "'Sun, 01 Mar 2026 11:00:00 GMT',PT0S",
    "soon,PT1S",
    "-5,PT1S",
    "'',PT1S"
  })
  void theServersWishIsHonouredUpToAMinute(String retryAfter, Duration wait) {
    assertThat(policy(0).waitAfter(1, Optional.of(retryAfter))).isEqualTo(wait);
  }

  @Test
  void withoutAWishEachWaitIsTwiceTheLast() {
    assertThat(policy(0).waitAfter(1, Optional.empty())).isEqualTo(Duration.ofSeconds(1));
    assertThat(policy(0).waitAfter(2, Optional.empty())).isEqualTo(Duration.ofSeconds(2));
    assertThat(policy(0).waitAfter(3, Optional.empty())).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void jitterAddsUpToAQuarterButNeverPassesAMinute() {
    assertThat(policy(1).waitAfter(1, Optional.of("8"))).isEqualTo(Duration.ofSeconds(10));
    assertThat(policy(0.5).waitAfter(1, Optional.of("8"))).isEqualTo(Duration.ofSeconds(9));
    assertThat(policy(1).waitAfter(1, Optional.of("59"))).isEqualTo(Duration.ofSeconds(60));
  }

  private static RetryPolicy policy(double jitter) {
    return new RetryPolicy(3, NOON, () -> jitter, wait -> {});
  }
}
