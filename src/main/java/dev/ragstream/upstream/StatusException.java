package dev.ragstream.upstream;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A server answered with a status that is no success. */
public final class StatusException extends FailureException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final @Nullable Duration retryAfter;

  /**
   * @param retryAfter what the server asked for; null: nothing
   */
  StatusException(int status, Failure failure, @Nullable Duration retryAfter) {
    super(failure);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  public int status() {
    return status;
  }

  @Override
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
