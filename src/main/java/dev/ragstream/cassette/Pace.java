package dev.ragstream.cassette;

import dev.ragstream.upstream.RetryPolicy.Pause;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How fast recordings are played.
 *
 * @param speed 1 in real time, 2 twice as fast, infinity at once
 */
public record Pace(double speed, LongSupplier nanoTime, Pause pause) {

  /** By the clock of this machine. */
  public static Pace of(double speed) {
    return new Pace(speed, System::nanoTime, duration -> Thread.sleep(duration));
  }

  Playing start() {
    return new Playing(nanoTime.getAsLong());
  }

  /** One recording that is being played. */
  final class Playing {

    private final long start;

    private Playing(long start) {
      this.start = start;
    }

    /**
     * Waits until it is time.
     *
     * @param at milliseconds of the recording
     */
    void await(long at) throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long due = (long) (at * 1_000_000 / speed);
      long left = due - (nanoTime.getAsLong() - start);
      if (left > 0) {
        pause.await(Duration.ofNanos(left));
      }
    }
  }
}
