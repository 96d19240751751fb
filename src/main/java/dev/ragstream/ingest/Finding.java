package dev.ragstream.ingest;

/** What the walk met: a file to be read, or one that is left out for a reason. */
public sealed interface Finding permits Found, Skipped {

  /** As in {@link dev.ragstream.core.Chunk#source()}. */
  String source();
}
