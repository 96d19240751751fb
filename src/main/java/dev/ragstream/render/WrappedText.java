package dev.ragstream.render;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes lines that break between words; a word is written when it is whole. */
final class WrappedText implements InlineMarkdown.Sink {

  private static final int NARROWEST = 20;

  /** Those of a {@link Style}. */
  private static final Pattern SEQUENCE = Pattern.compile("\u001b(?:\\[[0-9;]*m|\\].*?\u001b\\\\)");

  private final PrintStream out;
  private final IntSupplier columns;
  private final StringBuilder word = new StringBuilder();
  private int wordWidth;
  private int spaces;
  private int column;
  private boolean wordsOnLine;
  private String indent = "";
  private int indentWidth;
  private Set<Emphasis> now = Set.of();

  WrappedText(PrintStream out, IntSupplier columns) {
    this.out = out;
    this.columns = columns;
  }

  /** See {@link Style#wrapped}. */
  static String of(String text, String indent, int columns) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    WrappedText wrapped =
        new WrappedText(new PrintStream(bytes, true, StandardCharsets.UTF_8), () -> columns);
    text.lines()
        .forEach(line -> {
          wrapped.begin("", indent, TextWidth.of(indent));
          wrapped.column = 0;
          wrapped.addStyled(line);
          wrapped.endLine();
        });
    String lines = bytes.toString(StandardCharsets.UTF_8);
    return text.endsWith("\n") ? lines : lines.substring(0, Math.max(0, lines.length() - 1));
  }

  /** Sequences take no room. */
  private void addStyled(String line) {
    Matcher sequence = SEQUENCE.matcher(line);
    int end = 0;
    while (sequence.find()) {
      line.substring(end, sequence.start()).codePoints().forEach(c -> add(c, Set.of()));
      word.append(sequence.group());
      end = sequence.end();
    }
    line.substring(end).codePoints().forEach(c -> add(c, Set.of()));
  }

  /**
   * Begins a line.
   *
   * @param first what stands before its words
   * @param next what stands before those of the lines that it is broken into, of the same width
   */
  void begin(String first, String next, int width) {
    out.print(first);
    column = width;
    wordsOnLine = false;
    indent = next;
    indentWidth = width;
  }

  @Override
  public void add(int character, Set<Emphasis> emphasis) {
    if (character == ' ' || character == '\t') {
      endWord();
      spaces++;
      if (!emphasis.equals(now)) {
        out.print(Emphasis.sequence(emphasis));
        now = emphasis;
      }
      return;
    }
    int width = TextWidth.of(character);
    if (width == 2) {
      endWord();
    }
    if (!emphasis.equals(now)) {
      word.append(Emphasis.sequence(emphasis));
      now = emphasis;
    }
    word.appendCodePoint(character);
    wordWidth += width;
    if (width == 2) {
      endWord();
    }
  }

  /** Writes what is a word by now. */
  private void endWord() {
    if (word.isEmpty()) {
      return;
    }
    int most = Math.max(NARROWEST, columns.getAsInt()) - 1;
    if (wordsOnLine && column + spaces + wordWidth > most) {
      // What sets the words off must not set the margin off.
      out.print(now.isEmpty() ? "\n" + indent : "\u001b[0m\n" + indent + Emphasis.sequence(now));
      column = indentWidth;
    } else {
      out.print(" ".repeat(spaces));
      column += spaces;
    }
    out.print(word);
    column += wordWidth;
    wordsOnLine = true;
    spaces = 0;
    word.setLength(0);
    wordWidth = 0;
  }

  void endLine() {
    endWord();
    if (!now.isEmpty()) {
      out.print(Emphasis.sequence(Set.of()));
      now = Set.of();
    }
    out.print("\n");
    spaces = 0;
    column = 0;
  }
}
