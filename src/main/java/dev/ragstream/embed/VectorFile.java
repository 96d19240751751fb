package dev.ragstream.embed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * Vectors in an SQLite file, as blobs of little-endian 32-bit floats. Several processes may have it
 * open; a set of vectors is added in one transaction. Used by one thread at a time.
 */
final class VectorFile implements AutoCloseable {

  private static final int BUSY_MILLIS = 10_000;

  private final Connection connection;
  private final PreparedStatement select;
  private final PreparedStatement insert;

  VectorFile(Path file) throws SQLException, IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    connection = config.createConnection("jdbc:sqlite:" + file);
    try {
      createTable();
      select =
          connection.prepareStatement("SELECT vector FROM vector WHERE hash = ? AND model = ?");
      insert = connection.prepareStatement("INSERT OR REPLACE INTO vector VALUES (?, ?, ?)");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Null where there is none of that length. */
  float @Nullable [] find(VectorKey key, int dimensions) throws SQLException {
    select.setBytes(1, key.hashBytes());
    select.setString(2, key.model());
    try (ResultSet row = select.executeQuery()) {
      byte[] blob = row.next() ? row.getBytes(1) : null;
      return blob != null && blob.length == dimensions * Float.BYTES ? floats(blob) : null;
    }
  }

  void add(Map<VectorKey, float[]> vectors) throws SQLException {
    connection.setAutoCommit(false);
    try {
      for (Map.Entry<VectorKey, float[]> entry : vectors.entrySet()) {
        insert.setBytes(1, entry.getKey().hashBytes());
        insert.setString(2, entry.getKey().model());
        insert.setBytes(3, bytes(entry.getValue()));
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** The hash comes last into the file but first into the index: new rows are appended. */
  private void createTable() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS vector (
            hash BLOB NOT NULL,
            model TEXT NOT NULL,
            vector BLOB NOT NULL,
            PRIMARY KEY (hash, model))
          """);
    }
  }

  private static byte[] bytes(float[] vector) {
    ByteBuffer buffer =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(vector);
    return buffer.array();
  }

  private static float[] floats(byte[] blob) {
    float[] vector = new float[blob.length / Float.BYTES];
    ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }
}
