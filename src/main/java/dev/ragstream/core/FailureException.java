package dev.ragstream.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Carries a {@link Failure} to the one place that tells the user. */
public class FailureException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  public FailureException(Failure failure) {
    this(failure, null);
  }

  public FailureException(Failure failure, @Nullable Throwable cause) {
    super(failure.problem(), cause);
    this.failure = failure;
  }

  public FailureException(Failure.Kind kind, String problem, String remedy) {
    this(new Failure(kind, problem, remedy), null);
  }

  public final Failure failure() {
    return failure;
  }

  /** When it is worth another try; null where nobody said. */
  public @Nullable Duration retryAfter() {
    return null;
  }
}
