package dev.ragstream.server;

import java.time.Duration;

/**
 * When the pieces of an answer may pass so that no two are closer than a rate allows: those that
 * come late, as the first one does, make none of the others come sooner.
 */
final class Pace {

  private final long intervalNanos;
  private long lastDue;
  private boolean begun;

  /**
   * @param perSecond how many pieces in a second; 0: as they come
   */
  Pace(int perSecond) {
    this.intervalNanos = perSecond == 0 ? 0 : Duration.ofSeconds(1).toNanos() / perSecond;
  }

  /**
   * How long a piece has to wait that is there now; counts it as passed then.
   *
   * @param now on any clock that only goes forward, in nanoseconds
   */
  Duration hold(long now) {
    // A nanosecond clock may pass the largest long: differences alone mean something.
    long wait = begun ? Math.max(0, lastDue + intervalNanos - now) : 0;
    begun = true;
    lastDue = now + wait;
    return Duration.ofNanos(wait);
  }
}
