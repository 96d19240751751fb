package dev.ragstream.render;

import java.io.PrintStream;
import java.util.Set;
import java.util.function.IntSupplier;

/** Writes lines that break between words; a word is written when it is whole. */
final class WrappedText implements InlineMarkdown.Sink {

  private static final int NARROWEST = 20;

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
