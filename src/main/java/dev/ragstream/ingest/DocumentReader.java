package dev.ragstream.ingest;

import dev.ragstream.core.FailureException;

/** Reads one format. Stateless, so that several threads can share one. */
interface DocumentReader {

  /**
   * Reads one file.
   *
   * @throws FailureException of kind {@code DOCUMENT}, with a reason that is true and a remedy,
   *     where the file cannot be read
   */
  Document read(SourceFile file);
}
