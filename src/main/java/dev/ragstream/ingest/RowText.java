package dev.ragstream.ingest;

import dev.ragstream.ingest.Document.Block.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a row reads: its text columns where the settings name them, a question and its answer, a text
 * with its title, or else a line for each column.
 *
 * @param columns those that need not be told again as metadata
 */
record RowText(List<String> headings, Kind kind, String text, Set<String> columns) {

  /** A longer value is text to be read; a shorter one is something to filter by. */
  private static final int LONGEST_METADATA = 64;

  static RowText of(Map<String, String> row, FieldMapping mapping) {
    Optional<String> title = FieldNames.TITLE.in(row, mapping.title());
    List<String> heading = title.map(column -> value(row, column)).stream().toList();
    Set<String> told = new LinkedHashSet<>(title.stream().toList());
    List<String> chosen = mapping.text().stream().filter(row::containsKey).toList();
    if (!chosen.isEmpty()) {
      told.addAll(chosen);
      return new RowText(heading, Kind.PROSE, paragraphs(row, chosen), told);
    }
    Optional<String> question = FieldNames.QUESTION.in(row);
    Optional<String> answer = FieldNames.ANSWER.in(row);
    if (question.isPresent() && answer.isPresent()) {
      List<String> both = List.of(question.get(), answer.get());
      told.addAll(both);
      String text = paragraphs(row, both) + longOnes(row, told);
      return new RowText(List.of(value(row, question.get())), Kind.PROSE, text, told);
    }
    Optional<String> body = FieldNames.TEXT.in(row);
    if (body.isPresent()) {
      told.add(body.get());
      String text = value(row, body.get()) + longOnes(row, told);
      return new RowText(heading, Kind.PROSE, text, told);
    }
    return new RowText(heading, Kind.LINES, lines(row, List.copyOf(row.keySet())), told);
  }

  static boolean isShort(String value) {
    return !value.isBlank() && value.length() <= LONGEST_METADATA && value.indexOf('\n') < 0;
  }

  private static String value(Map<String, String> row, String column) {
    return row.getOrDefault(column, "").strip();
  }

  private static String paragraphs(Map<String, String> row, List<String> columns) {
    return columns.stream()
        .map(column -> value(row, column))
        .filter(value -> !value.isEmpty())
        .collect(Collectors.joining("\n\n"));
  }

  private static String lines(Map<String, String> row, List<String> columns) {
    return columns.stream()
        .filter(column -> !value(row, column).isEmpty())
        .map(column -> column + ": " + value(row, column))
        .collect(Collectors.joining("\n"));
  }

  /** The other columns that are too long for metadata, so that nothing is lost. */
  private static String longOnes(Map<String, String> row, Set<String> told) {
    List<String> columns =
        row.keySet().stream()
            .filter(column -> !told.contains(column) && !isShort(value(row, column)))
            .toList();
    String lines = lines(row, columns);
    return lines.isEmpty() ? "" : "\n\n" + lines;
  }
}
