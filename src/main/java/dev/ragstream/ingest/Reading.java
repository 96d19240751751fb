package dev.ragstream.ingest;

/** What came of reading a file: a document, or a reason why there is none in it. */
public sealed interface Reading permits Reading.Read, Skipped {

  /** The file was read. */
  record Read(Document document) implements Reading {}
}
