package dev.ragstream.core;

import org.jspecify.annotations.Nullable;

/** Carries a {@link Failure} to the one place that tells the user. */
public final class FailureException extends RuntimeException {

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

  public Failure failure() {
    return failure;
  }
}
