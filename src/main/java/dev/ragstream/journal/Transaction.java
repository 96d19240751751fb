package dev.ragstream.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Several statements that take effect together. */
final class Transaction {

  private Transaction() {}

  /** Waits for other writers first, so that what is read within is true until the end. */
  static <T> T on(Connection connection, JournalFile.Action<T> action) throws SQLException {
    return on(connection, action, "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK");
  }

  /** The same as a part of one that has begun. */
  static <T> T within(Connection connection, JournalFile.Action<T> action) throws SQLException {
    return on(connection, action, "SAVEPOINT part", "RELEASE part", "ROLLBACK TO part");
  }

  private static <T> T on(
      Connection connection,
      JournalFile.Action<T> action,
      String begin,
      String commit,
      String rollback)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(begin);
      try {
        T result = action.on(connection);
        statement.execute(commit);
        return result;
      } catch (SQLException | RuntimeException e) {
        rollBack(statement, rollback, e);
        throw e;
      }
    }
  }

  private static void rollBack(Statement statement, String rollback, Exception cause) {
    try {
      statement.execute(rollback);
    } catch (SQLException e) {
      cause.addSuppressed(e); // a full disk has rolled back by itself
    }
  }
}
