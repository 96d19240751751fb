package dev.ragstream.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A table of Markdown in columns that fit a width; what is too long goes on in the next line. */
final class AlignedTable {

  private static final Pattern CELLS = Pattern.compile("(?<!\\\\)\\|");
  private static final Pattern RULE = Pattern.compile(":?-+:?");
  private static final int GAP = 2;
  private static final int NARROWEST = 6;

  private final List<List<String>> rows = new ArrayList<>();
  private final boolean[] right;

  private AlignedTable(List<String> lines) {
    List<String> rules = cells(lines.get(1));
    // Rows with more cells than the heading has rules lose none of them.
    right = new boolean[lines.stream().mapToInt(line -> cells(line).size()).max().orElse(0)];
    for (int i = 0; i < rules.size(); i++) {
      right[i] = rules.get(i).endsWith(":") && !rules.get(i).startsWith(":");
    }
    for (int i = 0; i < lines.size(); i++) {
      if (i != 1) {
        List<String> row =
            new ArrayList<>(cells(lines.get(i)).stream().map(AlignedTable::bare).toList());
        row.addAll(Collections.nCopies(right.length - row.size(), ""));
        rows.add(row);
      }
    }
  }

  /** The lines, aligned and the heading bold; as they are where they make no table. */
  static List<String> lines(List<String> lines, int width, Style style) {
    boolean isTable =
        lines.size() > 1
            && cells(lines.get(1)).stream().allMatch(cell -> RULE.matcher(cell).matches());
    return isTable ? new AlignedTable(lines).lines(width, style) : lines;
  }

  private static List<String> cells(String line) {
    String inner = line.strip().replaceFirst("^\\|", "").replaceFirst("(?<!\\\\)\\|$", "");
    return Arrays.stream(CELLS.split(inner, -1)).map(String::strip).toList();
  }

  /** Without marks. */
  private static String bare(String cell) {
    StringBuilder text = new StringBuilder();
    InlineMarkdown inline =
        new InlineMarkdown((character, _) -> text.appendCodePoint(character), Set.of());
    cell.codePoints().forEach(inline::add);
    inline.end();
    return text.toString();
  }

  private List<String> lines(int width, Style style) {
    int[] widths = widths(width);
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      List<List<String>> broken = new ArrayList<>();
      for (int i = 0; i < widths.length; i++) {
        broken.add(broken(rows.get(row).get(i), widths[i]));
      }
      int height = broken.stream().mapToInt(List::size).max().orElse(1);
      for (int line = 0; line < height; line++) {
        String text = line(broken, line, widths);
        lines.add(row == 0 ? style.bold(text) : text);
      }
      if (row == 0) {
        lines.add("─".repeat(Math.max(1, Arrays.stream(widths).sum() + GAP * (widths.length - 1))));
      }
    }
    return lines;
  }

  private String line(List<List<String>> cells, int number, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String part = number < cells.get(i).size() ? cells.get(i).get(number) : "";
      String padding = " ".repeat(widths[i] - Math.min(widths[i], TextWidth.of(part)));
      line.append(i == 0 ? "" : " ".repeat(GAP)).append(right[i] ? padding + part : part + padding);
    }
    return line.toString().stripTrailing();
  }

  /** As wide as the cells, the widest ones narrowed until all fit. */
  private int[] widths(int width) {
    int[] widths = new int[right.length];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], TextWidth.of(row.get(i)));
      }
    }
    int room = width - GAP * (widths.length - 1);
    while (Arrays.stream(widths).sum() > room) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= NARROWEST) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private static List<String> broken(String cell, int width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : cell.split(" ", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (TextWidth.of(longer) <= width) {
        line = longer;
        continue;
      }
      if (!line.isEmpty()) {
        lines.add(line);
      }
      line = word;
      while (TextWidth.of(line) > width) {
        int end = TextWidth.fitting(line, width);
        lines.add(line.substring(0, end));
        line = line.substring(end);
      }
    }
    lines.add(line);
    return lines;
  }
}
