package dev.ragstream.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Promises about time, kept on a machine that may be busy with other tests at that very moment:
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

  /** The same for a thing of which several promises are made. */
  @FunctionalInterface
  public interface Tries {
    List<Took> took() throws Exception;
  }

  /** How long something took, and may take. */
  public record Took(String what, Duration took, Duration promise) {

    private boolean isKept() {
      return took.compareTo(promise) <= 0;
    }

    @Override
    public String toString() {
      return what + " after " + took.toMillis() + " ms of " + promise.toMillis();
    }
  }

  /** Fails where no try keeps the promise. */
  public static void within(Duration promise, Try attempt) throws Exception {
    within(() -> List.of(new Took("done", attempt.took(), promise)));
  }

  /** Fails where no try keeps all promises. */
  public static void within(Tries attempt) throws Exception {
    List<List<Took>> tries = new ArrayList<>();
    do {
      if (tries.size() == TRIES) {
        throw new AssertionError("too late each time: " + tries);
      }
      tries.add(attempt.took());
    } while (!tries.getLast().stream().allMatch(Took::isKept));
  }
}
