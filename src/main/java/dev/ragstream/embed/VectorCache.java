package dev.ragstream.embed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Remembers vectors in a file, so that a text is embedded once however often it is indexed. Safe
 * for use by several threads, and the file by several processes. New vectors are written some
 * hundreds at a time, the last ones by {@link #close()}.
 *
 * <p>Never fails: a damaged file is set aside for a new one, and without a usable file nothing is
 * remembered. Either is told once.
 */
public final class VectorCache implements AutoCloseable {

  private static final int WRITTEN_TOGETHER = 256;

  private final Path path;
  private final Consumer<String> notice;
  private final Map<VectorKey, float[]> pending = new HashMap<>();
  private @Nullable VectorFile file;
  private boolean usable = true;
  private boolean renewed;
  private long hits;
  private long misses;

  /**
   * @param path of the file; it is opened on first use, and created where there is none
   * @param notice is told, once, why the cache cannot be used
   */
  public VectorCache(Path path, Consumer<String> notice) {
    this.path = path;
    this.notice = notice;
  }

  /** How many vectors were found and how many were not, since this object was made. */
  public synchronized Counts counts() {
    return new Counts(hits, misses);
  }

  synchronized float @Nullable [] find(VectorKey key, int dimensions) {
    float[] vector = pending.get(key);
    if (vector == null) {
      vector = attempt(open -> open.find(key, dimensions));
    }
    if (vector == null) {
      misses++;
      return null;
    }
    hits++;
    return vector;
  }

  synchronized void keep(VectorKey key, float[] vector) {
    if (usable) {
      pending.put(key, vector);
      if (pending.size() >= WRITTEN_TOGETHER) {
        write();
      }
    }
  }

  @Override
  public synchronized void close() {
    write();
    letGo();
    usable = false;
  }

  private void write() {
    if (!pending.isEmpty()) {
      attempt(open -> {
        open.add(pending);
        return null;
      });
      pending.clear();
    }
  }

  private <T> @Nullable T attempt(Action<T> action) {
    while (usable) {
      try {
        if (file == null) {
          file = new VectorFile(path);
        }
        return action.on(file);
      } catch (SQLException | IOException e) {
        letGo();
        recover(e);
      }
    }
    return null;
  }

  private void recover(Exception cause) {
    if (isDamage(cause) && !renewed) {
      renewed = true;
      setAside();
    } else {
      giveUp(cause);
    }
  }

  private void setAside() {
    Path aside = path.resolveSibling(path.getFileName() + ".damaged");
    try {
      Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
      Files.deleteIfExists(path.resolveSibling(path.getFileName() + "-wal"));
      Files.deleteIfExists(path.resolveSibling(path.getFileName() + "-shm"));
      notice.accept(
          "the vector cache "
              + path
              + " was damaged; it is now "
              + aside
              + ", and a new one begins");
    } catch (IOException e) {
      giveUp(e);
    }
  }

  private void giveUp(Exception cause) {
    usable = false;
    pending.clear();
    notice.accept(
        "the vector cache "
            + path
            + " cannot be used, so vectors are not kept: "
            + cause.getMessage());
  }

  private void letGo() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (SQLException e) {
      // What was written is safe, and what was not can be computed again.
    }
    file = null;
  }

  private static boolean isDamage(Exception e) {
    if (!(e instanceof SQLiteException failure)) {
      return false;
    }
    int primary = failure.getResultCode().code & 0xFF; // without the details of the extended code
    return primary == SQLiteErrorCode.SQLITE_CORRUPT.code
        || primary == SQLiteErrorCode.SQLITE_NOTADB.code;
  }

  /**
   * How often the cache helped.
   *
   * @param hits vectors that did not have to be computed
   * @param misses vectors that had
   */
  public record Counts(long hits, long misses) {}

  @FunctionalInterface
  private interface Action<T> {

    @Nullable T on(VectorFile file) throws SQLException;
  }
}
