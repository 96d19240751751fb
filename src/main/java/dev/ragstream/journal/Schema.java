package dev.ragstream.journal;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables of the journal, by version; SQLite's {@code user_version} tells which a file has. */
final class Schema {

  /** Each entry leads from the version that is its index to the next one; none ever changes. */
  private static final List<String> STEPS =
      List.of(
          """
          CREATE TABLE message (
            n INTEGER PRIMARY KEY AUTOINCREMENT,
            user_id TEXT NOT NULL,
            org_id TEXT NOT NULL,
            chat_id TEXT NOT NULL,
            role TEXT NOT NULL,
            title TEXT NOT NULL,
            content TEXT NOT NULL,
            time TEXT NOT NULL);
          CREATE INDEX message_by_chat ON message (user_id, org_id, chat_id, n);
          CREATE TABLE run (
            id TEXT PRIMARY KEY,
            started INTEGER NOT NULL,
            question TEXT NOT NULL,
            history TEXT NOT NULL,
            model TEXT NOT NULL,
            settings TEXT NOT NULL,
            ending TEXT);
          CREATE INDEX run_by_time ON run (started, id);
          CREATE TABLE event (
            n INTEGER PRIMARY KEY AUTOINCREMENT,
            run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
            millis INTEGER NOT NULL,
            json TEXT NOT NULL);
          CREATE INDEX event_by_run ON event (run, n);
          """);

  private Schema() {}

  /**
   * Makes the tables that are missing.
   *
   * @throws FailureException where a newer version made the file
   */
  static void bringUpToDate(Connection connection, Path path) throws SQLException {
    if (version(connection, path) == STEPS.size()) {
      return;
    }
    Transaction.on(
        connection,
        locked -> {
          try (Statement statement = locked.createStatement()) {
            for (int version = version(locked, path); version < STEPS.size(); version++) {
              statement.executeUpdate(STEPS.get(version));
              statement.execute("PRAGMA user_version = " + (version + 1));
            }
          }
          return locked;
        });
  }

  private static int version(Connection connection, Path path) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      int version = row.getInt(1);
      if (version > STEPS.size()) {
        throw new FailureException(
            Failure.Kind.JOURNAL,
            "the journal " + path + " was written by a newer ragstream",
            "use that one, or move the file away for a new one to begin");
      }
      return version;
    }
  }
}
