package dev.ragstream.ingest;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a table as Markdown, which keeps a cell with its column when the table is cut. */
final class MarkdownTable {

  private MarkdownTable() {}

  /**
   * The table's lines.
   *
   * @param rows of any length; the first one is the head
   */
  static String of(List<List<String>> rows) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    if (columns == 0) {
      return "";
    }
    List<String> lines = rows.stream().map(row -> line(row, columns)).collect(Collectors.toList());
    lines.add(1, "|" + " --- |".repeat(columns));
    return String.join("\n", lines);
  }

  private static String line(List<String> row, int columns) {
    String cells =
        row.stream().map(MarkdownTable::cell).collect(Collectors.joining(" | ", "| ", " |"));
    return cells + String.join("", Collections.nCopies(columns - row.size(), "  |"));
  }

  private static String cell(String text) {
    return text.strip().replaceAll("\\s+", " ").replace("|", "\\|");
  }
}
