package dev.ragstream.elastic;

import dev.ragstream.core.Chunk;
import java.nio.charset.StandardCharsets;

/**
 * The ids of Elasticsearch documents. They follow from what is stored, so that a request that is
 * sent twice changes nothing. A new version of a document goes to the other one of two places, so
 * that the old version is whole until the new one is.
 */
final class DocumentIds {

  /** Elasticsearch refuses ids of more than 512 bytes. */
  private static final int LONGEST = 500;

  private static final int KEPT = 100;

  private DocumentIds() {}

  static String of(Chunk chunk, int place) {
    return id(chunk.id(), place);
  }

  /** The record of a document; chunk ids end in a number. */
  static String ofRecord(String source, int place) {
    return id(source + "#document", place);
  }

  private static String id(String name, int place) {
    String id = place == 0 ? name : name + "~" + place;
    return id.getBytes(StandardCharsets.UTF_8).length <= LONGEST
        ? id
        : id.substring(0, KEPT) + "…" + Facts.sha256(id);
  }
}
