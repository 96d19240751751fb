package dev.ragstream.core;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Port: changes a store. What {@link #commit()} has returned for survives a crash at any moment;
 * what it has not returned for may be lost, and is never half there. Used by one thread.
 */
public interface PassageWriter extends AutoCloseable {

  /** Removes a document and its chunks; does nothing where there is none. */
  void delete(String source);

  /**
   * Adds a chunk of the document that {@link #add(StoredDocument)} will complete before the next
   * commit.
   */
  void add(EmbeddedChunk chunk);

  /** Completes a document: all of its chunks were added since it was deleted. */
  void add(StoredDocument document);

  /**
   * Makes all changes since the last commit durable and visible, in one step.
   *
   * @return the documents that the store refused, by source, with the reason; what it held of them
   *     before is still there
   * @throws FailureException where nothing of it could be done
   */
  Map<String, Failure> commit();

  /** Lets go of the store; changes since the last commit are dropped. */
  @Override
  void close();

  /** A chunk and its vector; null in a store without vectors. */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, compared by nobody
  record EmbeddedChunk(Chunk chunk, float @Nullable [] vector) {}
}
