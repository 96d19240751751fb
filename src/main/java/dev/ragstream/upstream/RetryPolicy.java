package dev.ragstream.upstream;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * When to ask a busy server again.
 *
 * @param retries how often at most
 * @param jitter 0 to 1, drawn anew each time, so that many clients do not come back at once
 */
public record RetryPolicy(int retries, InstantSource clock, DoubleSupplier jitter, Pause pause) {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** How much the jitter may add, as a share of the wait. */
  private static final double JITTER_SHARE = 0.25;

  /** None: the first answer tells. */
  public static RetryPolicy none() {
    return new RetryPolicy(0, InstantSource.system(), () -> 0, _ -> {});
  }

  /** Three retries, after waits that double from one second unless the server asks for others. */
  public static RetryPolicy standard() {
    return new RetryPolicy(
        3,
        InstantSource.system(),
        () -> ThreadLocalRandom.current().nextDouble(),
        duration -> Thread.sleep(duration));
  }

  /**
   * @param attempt how often the server was asked already, from 1
   * @param retryAfter the header of that name: seconds or an HTTP date (RFC 9110, section 10.2.3)
   */
  Duration waitAfter(int attempt, Optional<String> retryAfter) {
    Duration wait = asked(retryAfter).orElse(Duration.ofSeconds(1L << Math.min(attempt - 1, 6)));
    if (wait.compareTo(LONGEST) >= 0) {
      return LONGEST;
    }
    Duration spread =
        wait.plusMillis(Math.round(wait.toMillis() * JITTER_SHARE * jitter.getAsDouble()));
    return spread.compareTo(LONGEST) > 0 ? LONGEST : spread;
  }

  /** What a header asks for; never negative. */
  Optional<Duration> asked(Optional<String> retryAfter) {
    return retryAfter.flatMap(this::parse).map(asked -> asked.isNegative() ? Duration.ZERO : asked);
  }

  private Optional<Duration> parse(String retryAfter) {
    String value = retryAfter.strip();
    try {
      return Optional.of(
          value.chars().allMatch(Character::isDigit)
              ? Duration.ofSeconds(Long.parseLong(value))
              : Duration.between(
                  clock.instant(),
                  ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)));
    } catch (DateTimeParseException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Waits; in tests, only says so. */
  @FunctionalInterface
  public interface Pause {

    void await(Duration duration) throws InterruptedException;
  }
}
