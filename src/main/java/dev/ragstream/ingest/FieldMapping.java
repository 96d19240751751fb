package dev.ragstream.ingest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a table or fields of a JSON object say what; those that a file lacks are passed
 * over, and what is not mapped is recognised by its name.
 *
 * @param text the columns that make up the text, in this order; empty to recognise them
 * @param title the column that stands above the text
 * @param id the column that goes into metadata {@code id}
 */
public record FieldMapping(List<String> text, @Nullable String title, @Nullable String id) {

  /** Recognises everything by its name. */
  public static final FieldMapping BY_NAME = new FieldMapping(List.of(), null, null);

  public FieldMapping {
    text = List.copyOf(text);
  }
}
