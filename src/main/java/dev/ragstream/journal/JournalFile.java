package dev.ragstream.journal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * The SQLite file of the journal. It is opened when it is first needed, and made when it is first
 * written to. Several threads and processes may use it; whoever writes waits for the others.
 */
public final class JournalFile implements AutoCloseable {

  private static final int BUSY_MILLIS = 5_000;

  private final Path path;
  private @Nullable Connection connection;

  /** Whether what is written is a part of something larger. */
  private boolean together;

  public JournalFile(Path path) {
    this.path = path.toAbsolutePath();
  }

  /** What is done with an open file. */
  @FunctionalInterface
  interface Action<T> {

    T on(Connection connection) throws SQLException;
  }

  Path path() {
    return path;
  }

  /**
   * Reads.
   *
   * @param absent what there is as long as the file is not
   */
  synchronized <T> T read(T absent, Action<T> action) {
    if (connection == null && Files.notExists(path)) {
      return absent;
    }
    try {
      return action.on(open());
    } catch (SQLException | IOException e) {
      throw JournalFailures.of(path, e);
    }
  }

  /** Writes; what an action does takes effect as a whole or not at all. */
  synchronized <T> T write(Action<T> action) {
    try {
      return together ? Transaction.within(open(), action) : Transaction.on(open(), action);
    } catch (SQLException | IOException e) {
      throw JournalFailures.of(path, e);
    }
  }

  /** Lets several writes take effect at the same time, which is cheaper than one by one. */
  synchronized void together(Runnable writes) {
    try {
      Transaction.on(
          open(),
          _ -> {
            together = true;
            try {
              writes.run();
            } finally {
              together = false;
            }
            return path;
          });
    } catch (SQLException | IOException e) {
      throw JournalFailures.of(path, e);
    }
  }

  /**
   * Lets nothing of what was removed stay in the log of changes, and gives its room back where it
   * is more than half of the file; unless others are just using it.
   */
  synchronized void compact() {
    try (Statement statement = open().createStatement()) {
      if (2 * pages(statement, "freelist_count") > pages(statement, "page_count")) {
        statement.execute("VACUUM");
      }
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException | IOException e) {
      // What was removed is removed; its room is used again.
    }
  }

  private static long pages(Statement statement, String which) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA " + which)) {
      return row.getLong(1);
    }
  }

  @Override
  public synchronized void close() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      // What was written is safe.
    } finally {
      connection = null;
    }
  }

  private Connection open() throws SQLException, IOException {
    if (connection == null) {
      create();
      Connection opened = configuration().createConnection("jdbc:sqlite:" + path);
      try {
        overwriteWhatIsRemoved(opened);
        Schema.bringUpToDate(opened, path);
      } catch (SQLException | RuntimeException e) {
        opened.close();
        throw e;
      }
      connection = opened;
    }
    return connection;
  }

  private static void overwriteWhatIsRemoved(Connection opened) throws SQLException {
    try (Statement statement = opened.createStatement()) {
      statement.execute("PRAGMA secure_delete = ON");
    }
  }

  private static SQLiteConfig configuration() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.enforceForeignKeys(true);
    return config;
  }

  /** For the user's eyes alone: what is asked may be private. */
  private void create() throws IOException {
    Files.createDirectories(path.getParent());
    try {
      if (Files.getFileStore(path.getParent()).supportsFileAttributeView("posix")) {
        Files.createFile(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } catch (FileAlreadyExistsException e) {
      // Somebody was here before.
    }
  }
}
