package dev.ragstream.core;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Port: changes a store. What {@link #commit()} has returned for survives a crash at any moment;
 * what it has not returned for may be lost, and is never half there. Used by one thread.
 */
public interface PassageWriter extends AutoCloseable {

  /** The documents in the store, by source, as of the opening. */
  Map<String, StoredDocument> documents();

  /** Puts a document in the place of the one with the same source. */
  void replace(StoredDocument document, List<EmbeddedChunk> chunks);

  void delete(String source);

  /** Makes all changes since the last commit durable and visible, in one step. */
  void commit();

  /** Lets go of the store; changes since the last commit are dropped. */
  @Override
  void close();

  /**
   * What the store remembers of a document.
   *
   * @param fingerprint of its bytes and of the settings that cut it into chunks; another one means:
   *     index it again
   * @param chunks how many it was cut into
   */
  record StoredDocument(String source, String fingerprint, int chunks) {}

  /** A chunk and its vector; null in a store without vectors. */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, compared by nobody
  record EmbeddedChunk(Chunk chunk, float @Nullable [] vector) {}
}
