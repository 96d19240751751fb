package dev.ragstream.waiting;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * Looks again and again at what tells nobody that it changes: another process, its files, what a
 * server has counted.
 *
 * @param patience how long it may take
 */
public record Eventually(Duration patience) {

  private static final Duration PAUSE = Duration.ofMillis(20);

  /** One look, which may fail. */
  @FunctionalInterface
  public interface Look<T, E extends Exception> {
    T look() throws E;
  }

  public static Eventually within(Duration patience) {
    return new Eventually(patience);
  }

  /**
   * The first thing seen that is wanted.
   *
   * @param what is waited for, as people say it
   * @throws AssertionError where it is not there in time; tells what was seen last
   */
  public <T, E extends Exception> T see(String what, Look<T, E> look, Predicate<? super T> wanted)
      throws E {
    long end = System.nanoTime() + patience.toNanos();
    T seen = look.look();
    while (!wanted.test(seen)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("there never was " + what + ":\n" + seen);
      }
      pause();
      seen = look.look();
    }
    return seen;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
