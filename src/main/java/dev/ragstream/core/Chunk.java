package dev.ragstream.core;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A piece of a document, the unit that is embedded, stored and retrieved.
 *
 * @param id unique in a store and stable from run to run: {@code source#position}
 * @param source where the document is: a path relative to the settings' folder, with {@code /}
 * @param title the document's title and the headings above this piece, joined by {@code " › "}; may
 *     be empty
 * @param text what the piece says, never blank
 * @param metadata what a search can filter by: front matter, table columns, and what the reader
 *     adds ({@code type}, {@code page}, {@code row}, {@code lang} …); sorted by key
 */
public record Chunk(
    String id, String source, String title, String text, Map<String, String> metadata) {

  public Chunk {
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }

  /** What is embedded and what words are matched against: the title, then the text. */
  public String searchableText() {
    return title.isEmpty() ? text : title + "\n" + text;
  }
}
