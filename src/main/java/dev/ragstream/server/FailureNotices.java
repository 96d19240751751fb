package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.Failure;
import dev.ragstream.render.TerminalText;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells the server's user of answers that failed through no fault of their request. The first of a
 * kind is told at once; those of the next seconds are counted, and told together.
 */
final class FailureNotices {

  static final Duration PAUSE = Duration.ofSeconds(10);

  private final Consumer<String> notices;
  private final Executor afterPause;

  /** Of each kind that was told a moment ago, what has come since. */
  private final Map<Failure.Kind, Untold> pausing = new EnumMap<>(Failure.Kind.class);

  private record Untold(int count, Failure last) {}

  FailureNotices(Consumer<String> notices) {
    this(
        notices,
        CompletableFuture.delayedExecutor(
            PAUSE.toSeconds(), TimeUnit.SECONDS, Thread::startVirtualThread));
  }

  /**
   * @param afterPause runs what it is given when {@link #PAUSE} is over
   */
  FailureNotices(Consumer<String> notices, Executor afterPause) {
    this.notices = notices;
    this.afterPause = afterPause;
  }

  /** Takes notice of how an answer ended. */
  synchronized void answered(Ending ending) {
    if (!(ending instanceof Failed failed) || isOfRequest(failed.failure().kind())) {
      return;
    }
    Failure failure = failed.failure();
    Untold untold = pausing.get(failure.kind());
    if (untold == null) {
      tell("an answer failed", failure);
    } else {
      pausing.put(failure.kind(), new Untold(untold.count + 1, failure));
    }
  }

  private void tell(String what, Failure failure) {
    notices.accept(
        what
            + ", "
            + failure.kind().wireName()
            + ": "
            + TerminalText.oneLine(failure.problem())
            + "\n  → "
            + TerminalText.oneLine(failure.remedy()));
    pausing.put(failure.kind(), new Untold(0, failure));
    afterPause.execute(() -> catchUp(failure.kind()));
  }

  private synchronized void catchUp(Failure.Kind kind) {
    Untold untold = pausing.remove(kind);
    if (untold != null && untold.count == 1) {
      tell("an answer failed", untold.last);
    } else if (untold != null && untold.count > 1) {
      tell(
          "%d answers failed in %d s, the last one".formatted(untold.count, PAUSE.toSeconds()),
          untold.last);
    }
  }

  /** Whether the client alone can do something about it, and was told so. */
  private static boolean isOfRequest(Failure.Kind kind) {
    return switch (kind) {
      case USAGE, PROMPT_TOO_LONG, REPLAY_MISMATCH -> true;
      case SETTINGS,
          TEMPLATE,
          DOCUMENT,
          STORE_MISSING,
          STORE,
          STORE_LOCKED,
          STORE_MISMATCH,
          JOURNAL,
          EMBEDDING,
          UPSTREAM_UNREACHABLE,
          UPSTREAM_UNAUTHORIZED,
          UPSTREAM_RATE_LIMITED,
          UPSTREAM_ERROR,
          UPSTREAM_PROTOCOL,
          UPSTREAM_STALLED,
          INCOMPLETE,
          CASSETTE,
          OFFLINE,
          INTERNAL ->
          false;
    };
  }
}
