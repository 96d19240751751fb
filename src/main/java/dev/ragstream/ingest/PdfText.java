package dev.ragstream.ingest;

import dev.ragstream.ingest.Document.Block;
import dev.ragstream.ingest.Document.Block.Kind;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Makes paragraphs of the lines on a page: wrapped lines and hyphenated words are joined. */
final class PdfText {

  private static final Pattern LIST_ITEM =
      Pattern.compile("(?:[-*•◦▪‣–]\\s|\\(?\\d{1,3}[.)]\\s|\\(?[a-z][.)]\\s).*");

  private static final Pattern PAGE_NUMBER = Pattern.compile("[-–—]?\\s*\\d{1,4}\\s*[-–—]?");

  /** The dots that lead to a number at the far end of a line. */
  private static final Pattern LEADERS = Pattern.compile("\\.{4,}|(?:\\. ){4,}");

  private static final Pattern SENTENCE_END = Pattern.compile(".*[.!?:;。！？：；][\"'”’)\\]]*");

  /** Lines of one paragraph stand no further apart than this, in their usual distance. */
  private static final double WIDEST_GAP = 1.35;

  /** The same, in their size, where a page has too few lines to have a usual distance. */
  private static final double WIDEST_LEADING = 1.9;

  private static final double SAME_SIZE = 0.12;

  /** What is left free at the end of a line that was wrapped, of the paragraph's width. */
  private static final double RAGGED = 0.25;

  private PdfText() {}

  static List<Block> blocks(List<PdfLine> page) {
    List<PdfLine> lines = withoutPageNumber(page);
    double usual = usualGap(lines);
    List<Block> blocks = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= lines.size(); i++) {
      if (i == lines.size() || isBreak(lines.get(i - 1), lines.get(i), usual)) {
        blocks.add(block(lines.subList(start, i)));
        start = i;
      }
    }
    return blocks;
  }

  private static List<PdfLine> withoutPageNumber(List<PdfLine> page) {
    List<PdfLine> lines = new ArrayList<>(page);
    if (lines.size() > 1 && isPageNumber(lines.getLast())) {
      lines.removeLast();
    }
    if (lines.size() > 1 && isPageNumber(lines.getFirst())) {
      lines.removeFirst();
    }
    return lines;
  }

  private static boolean isPageNumber(PdfLine line) {
    return PAGE_NUMBER.matcher(line.text()).matches();
  }

  private static double usualGap(List<PdfLine> lines) {
    List<Double> gaps = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      double gap = lines.get(i).baseline() - lines.get(i - 1).baseline();
      if (gap > 0 && gap < lines.get(i).size() * WIDEST_LEADING) {
        gaps.add(gap);
      }
    }
    return gaps.stream().sorted().skip(gaps.size() / 2).findFirst().orElse(0.0);
  }

  private static boolean isBreak(PdfLine before, PdfLine after, double usual) {
    double gap = after.baseline() - before.baseline();
    boolean otherSize = Math.abs(after.size() - before.size()) > SAME_SIZE * before.size();
    boolean otherColumn = gap < -after.size();
    boolean ended = SENTENCE_END.matcher(before.text()).matches();
    boolean indented = after.left() > before.left() + after.size() * 0.8;
    double widest = usual > 0 ? usual * WIDEST_GAP : after.size() * WIDEST_LEADING;
    return otherSize
        || gap > widest
        || (otherColumn && (ended || !startsSmall(after)))
        || (indented && ended);
  }

  private static boolean startsSmall(PdfLine line) {
    return Character.isLowerCase(line.text().codePointAt(0));
  }

  private static Block block(List<PdfLine> lines) {
    StringBuilder text = new StringBuilder(lines.getFirst().text());
    for (int i = 1; i < lines.size(); i++) {
      join(text, lines.get(i).text(), isFull(lines, i - 1));
    }
    String joined = LEADERS.matcher(text).replaceAll("…").replace("\u00AD", "");
    return new Block(joined.contains("\n") ? Kind.LINES : Kind.PROSE, joined);
  }

  /** Whether a line runs to the edge of its column, and so was probably wrapped. */
  private static boolean isFull(List<PdfLine> lines, int index) {
    int first = index;
    while (first > 0 && lines.get(first).baseline() >= lines.get(first - 1).baseline()) {
      first--;
    }
    int end = index + 1;
    while (end < lines.size() && lines.get(end).baseline() >= lines.get(end - 1).baseline()) {
      end++;
    }
    List<PdfLine> column = lines.subList(first, end);
    double left = column.stream().mapToDouble(PdfLine::left).min().orElse(0);
    double right = column.stream().mapToDouble(PdfLine::right).max().orElse(0);
    return lines.get(index).right() >= right - (right - left) * RAGGED;
  }

  private static void join(StringBuilder text, String line, boolean wrapped) {
    int length = text.length();
    char last = text.charAt(length - 1);
    char beforeLast = length > 1 ? text.charAt(length - 2) : ' ';
    boolean hyphen = last == '-' && beforeLast != ' ';
    if (last == '\u00AD'
        || (hyphen && Character.isLetter(beforeLast) && Character.isLowerCase(line.charAt(0)))) {
      text.setLength(length - 1);
    } else if (!wrapped || LIST_ITEM.matcher(line).matches()) {
      text.append('\n');
    } else if (!hyphen && !(isCjk(last) && isCjk(line.charAt(0)))) {
      text.append(' ');
    }
    text.append(line);
  }

  private static boolean isCjk(char c) {
    return switch (UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA -> true;
      default -> (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF);
    };
  }
}
