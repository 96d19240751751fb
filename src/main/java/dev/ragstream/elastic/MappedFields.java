package dev.ragstream.elastic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of an index that somebody else filled mean what.
 *
 * @param text fields that make up a passage's text and are searched by words, at least one
 * @param title field of the title, searched by words too
 * @param source field that names the document; null: the index and the hit's id
 * @param vector field of the passage's vector; null: the index is searched by words alone
 * @param metadata fields to show and to filter by
 */
public record MappedFields(
    List<String> text,
    @Nullable String title,
    @Nullable String source,
    @Nullable String vector,
    List<String> metadata) {

  public MappedFields {
    text = List.copyOf(text);
    metadata = List.copyOf(metadata);
  }
}
