package dev.ragstream.ingest;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import org.jspecify.annotations.Nullable;

/** Makes the failures of kind {@code DOCUMENT}. */
final class Unreadable {

  private static final int LONGEST_REASON = 200;

  private Unreadable() {}

  static FailureException because(String problem, String remedy) {
    return because(problem, remedy, null);
  }

  static FailureException because(String problem, String remedy, @Nullable Throwable cause) {
    return new FailureException(new Failure(Failure.Kind.DOCUMENT, problem, remedy), cause);
  }

  static FailureException nestedTooDeeply(String source) {
    return because(source + " is nested too deeply to be read", "flatten it, or exclude it");
  }

  /** What a library says of a fault and its first cause, on one line of bounded length. */
  static String reason(Throwable fault) {
    Throwable cause = fault.getCause();
    return cause == null || cause.equals(fault)
        ? firstLine(fault)
        : firstLine(fault) + ": " + firstLine(cause);
  }

  private static String firstLine(Throwable fault) {
    String message = fault.getMessage();
    String line =
        message == null || message.isBlank()
            ? fault.getClass().getSimpleName()
            : message.strip().lines().findFirst().orElse("");
    return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
  }
}
