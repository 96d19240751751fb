package dev.ragstream.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A promise about time, kept on a machine that may be busy with other tests at that very moment:
 * what is promised has to be had in one of three tries, and everything else in each of them.
 */
public final class Promised {

  private static final int TRIES = 3;

  private Promised() {}

  /** One try: does the whole thing anew, and says how long it took. */
  @FunctionalInterface
  public interface Try {
    Duration took() throws Exception;
  }

  /** Fails where no try keeps the promise; says how long the one took that did. */
  public static Duration within(Duration promise, Try attempt) throws Exception {
    List<Duration> took = new ArrayList<>();
    while (took.size() < TRIES) {
      took.add(attempt.took());
      if (took.getLast().compareTo(promise) <= 0) {
        return took.getLast();
      }
    }
    throw new AssertionError("promised are " + promise + ", and it took " + took);
  }
}
