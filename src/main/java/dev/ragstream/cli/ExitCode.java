package dev.ragstream.cli;

import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.Failure;

/** What the process ends with; a promise to scripts. */
final class ExitCode {

  static final int SUCCESS = 0;

  /** A server, the store or a document failed. */
  static final int FAILED = 1;

  /** The command line or the settings are wrong. */
  static final int USAGE = 2;

  /** A check did not pass. */
  static final int CHECKS_FAILED = 100;

  static final int INTERRUPTED = 130;

  /** Told to end from outside, as a shell counts it. */
  static final int TERMINATED = 143;

  private ExitCode() {}

  static int of(Ending ending) {
    return switch (ending) {
      case Completed _ -> SUCCESS;
      case Cancelled _ -> INTERRUPTED;
      case Failed failed -> of(failed.failure());
    };
  }

  static int of(Failure failure) {
    return switch (failure.kind()) {
      case USAGE, SETTINGS, TEMPLATE, PROMPT_TOO_LONG, OFFLINE -> USAGE;
      case DOCUMENT,
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
          INTERNAL ->
          FAILED;
      case REPLAY_MISMATCH -> CHECKS_FAILED;
    };
  }
}
