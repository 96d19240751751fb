package dev.ragstream.journal;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.nio.file.Path;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What went wrong with the journal's file, and what to do about it. */
final class JournalFailures {

  /** SQLite's own code, without the details of an extended one. */
  private static final int PRIMARY = 0xFF;

  private JournalFailures() {}

  static FailureException of(Path path, Exception cause) {
    String journal = "the journal " + path;
    SQLiteErrorCode code = code(cause);
    Failure failure =
        switch (code) {
          case SQLITE_BUSY, SQLITE_LOCKED ->
              failure(
                  journal + " is being written by another process",
                  "try again when that one is done");
          case SQLITE_CORRUPT, SQLITE_NOTADB ->
              failure(journal + " is damaged", "move it away; a new one begins by itself");
          case SQLITE_FULL ->
              failure("there is no room for " + journal, "free some space on its disk");
          case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
              failure(
                  journal + " cannot be written",
                  "check the permissions of the file and its folder");
          default ->
              failure(
                  journal + " cannot be used: " + cause,
                  "check that its folder can be written, or turn it off: journal.enabled: false");
        };
    return new FailureException(failure, cause);
  }

  private static SQLiteErrorCode code(Exception cause) {
    return cause instanceof SQLiteException failure
        ? SQLiteErrorCode.getErrorCode(failure.getResultCode().code & PRIMARY)
        : SQLiteErrorCode.UNKNOWN_ERROR;
  }

  private static Failure failure(String problem, String remedy) {
    return new Failure(Failure.Kind.JOURNAL, problem, remedy);
  }
}
