package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is not served.
 *
 * @param status of HTTP, 400 and up
 * @param retryAfter when it may be tried again; null where that would not help
 * @param field the one of the request that is at fault; null: none in particular
 */
record Refusal(int status, Failure failure, @Nullable Duration retryAfter, @Nullable String field) {

  private static final Duration USUAL_WAIT = Duration.ofSeconds(5);

  Refusal(int status, String problem, String remedy) {
    this(status, new Failure(Failure.Kind.USAGE, problem, remedy), null);
  }

  Refusal(int status, Failure failure, @Nullable Duration retryAfter) {
    this(status, failure, retryAfter, null);
  }

  /** The same because of one field of the request. */
  Refusal about(String name) {
    return new Refusal(status, failure, retryAfter, name);
  }

  /** What the end of an answer means to a client that has been sent nothing yet. */
  static Refusal of(Failed failed) {
    return of(
        failed.failure(), failed.cause() instanceof FailureException e ? e.retryAfter() : null);
  }

  /** The same for a failure on the way to an answer. */
  static Refusal of(FailureException failed) {
    return of(failed.failure(), failed.retryAfter());
  }

  static Refusal of(Failure failure) {
    return of(failure, null);
  }

  private static Refusal of(Failure failure, @Nullable Duration retryAfter) {
    int status =
        switch (failure.kind()) {
          case USAGE, PROMPT_TOO_LONG -> 400;
          case SETTINGS,
              TEMPLATE,
              DOCUMENT,
              EMBEDDING,
              JOURNAL,
              CASSETTE,
              REPLAY_MISMATCH,
              INTERNAL ->
              500;
          case STORE_MISSING, STORE, STORE_LOCKED, STORE_MISMATCH, OFFLINE -> 503;
          case UPSTREAM_RATE_LIMITED -> 429;
          case UPSTREAM_STALLED -> 504;
          case UPSTREAM_UNREACHABLE,
              UPSTREAM_UNAUTHORIZED,
              UPSTREAM_ERROR,
              UPSTREAM_PROTOCOL,
              INCOMPLETE ->
              502;
        };
    boolean hasToWait = retryAfter == null && status == 429;
    return new Refusal(status, failure, hasToWait ? USUAL_WAIT : retryAfter);
  }

  RefusedException exception() {
    return new RefusedException(this);
  }
}
