package dev.ragstream.ingest;

import java.util.Locale;

/**
 * A file's bytes and its name.
 *
 * @param source as in {@link dev.ragstream.core.Chunk#source()}
 */
@SuppressWarnings("ArrayRecordComponent") // handed to one reader, compared by nobody
public record SourceFile(String source, byte[] bytes) {

  /** The last part of the path. */
  public String name() {
    return source.substring(source.lastIndexOf('/') + 1);
  }

  /** What follows the last dot, in lower case; empty where there is none. */
  public String extension() {
    int dot = name().lastIndexOf('.');
    return dot < 0 ? "" : name().substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
