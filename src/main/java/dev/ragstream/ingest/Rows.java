package dev.ragstream.ingest;

import dev.ragstream.ingest.Document.Block;
import dev.ragstream.ingest.Document.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a section of each row of a table, and of each object in a JSON file. */
final class Rows {

  private static final int MOST_METADATA = 32;

  /** What a section takes beside its text, roughly. */
  private static final long SECTION_BYTES = 250;

  private static final long METADATA_BYTES = 64;

  private final String source;
  private final FieldMapping mapping;
  private final Limits limits;
  private final List<Section> sections = new ArrayList<>();
  private final Set<String> columns = new LinkedHashSet<>();
  private long heldBytes;
  private int number;

  Rows(String source, FieldMapping mapping, Limits limits) {
    this.source = source;
    this.mapping = mapping;
    this.limits = limits;
  }

  /**
   * Adds a row; one without text only counts.
   *
   * @param row values by column, in the order of the file
   */
  void add(Map<String, String> row) {
    number++;
    columns.addAll(row.keySet());
    RowText told = RowText.of(row, mapping);
    if (told.text().isBlank()) {
      return;
    }
    Map<String, String> metadata = metadata(row, told);
    heldBytes += SECTION_BYTES + METADATA_BYTES * metadata.size() + bytes(told.text());
    if (heldBytes > limits.textBytes()) {
      throw Unreadable.because(
          "%s has too many rows to hold in memory (row %d passes %s)"
              .formatted(source, number, Limits.megabytes(limits.textBytes())),
          "split it into smaller files, or give Java more memory with -Xmx");
    }
    Block block = new Block(told.kind(), told.text().strip());
    sections.add(new Section(told.headings(), metadata, List.of(block), false));
  }

  List<Section> sections() {
    return sections;
  }

  /** Tells where the settings name columns and the file has none of them. */
  List<String> warnings() {
    if (mapping.text().isEmpty() || mapping.text().stream().anyMatch(columns::contains)) {
      return List.of();
    }
    return List.of(
        "%s has none of the fields that ingest.fields.text names (%s), so its text was recognised by itself; it has %s"
            .formatted(source, String.join(", ", mapping.text()), String.join(", ", columns)));
  }

  /** A string takes one byte a letter in Java while all of them are Latin, and else two. */
  private static long bytes(String text) {
    return text.chars().allMatch(c -> c <= 0xFF) ? text.length() : 2L * text.length();
  }

  private Map<String, String> metadata(Map<String, String> row, RowText told) {
    Map<String, String> metadata = new LinkedHashMap<>();
    row.forEach((column, value) -> {
      if (!told.columns().contains(column)
          && RowText.isShort(value)
          && metadata.size() < MOST_METADATA) {
        metadata.put(column, value.strip());
      }
    });
    metadata.putIfAbsent("row", String.valueOf(number));
    FieldNames.ID
        .in(row, mapping.id())
        .ifPresent(column -> metadata.put("id", row.getOrDefault(column, "").strip()));
    return metadata;
  }
}
