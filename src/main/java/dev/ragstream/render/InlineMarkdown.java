package dev.ragstream.render;

import java.util.Set;

/**
 * Reads the marks within a line of Markdown as it comes: emphasis, code, links, escapes. What may
 * become a mark is held until that is known; what turns out to be none stays as it was written.
 */
final class InlineMarkdown {

  /** A mark that does not close within so many characters is none. */
  private static final int LONGEST = 400;

  private static final String ESCAPABLE = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  private final Sink sink;
  private final Set<Emphasis> around;
  private final StringBuilder pending = new StringBuilder();

  /** What came before the pending text; a blank at the beginning. */
  private int before = ' ';

  /** Receives characters without marks. */
  @FunctionalInterface
  interface Sink {

    void add(int character, Set<Emphasis> emphasis);
  }

  /**
   * @param around how all of it is set off
   */
  InlineMarkdown(Sink sink, Set<Emphasis> around) {
    this.sink = sink;
    this.around = around;
  }

  void add(int character) {
    pending.appendCodePoint(character);
    drain(false);
  }

  /** The line ends. */
  void end() {
    drain(true);
    before = ' ';
  }

  private void drain(boolean ended) {
    while (!pending.isEmpty()) {
      int used =
          switch (pending.charAt(0)) {
            case '\\' -> escape(ended);
            case '`' -> code(ended);
            case '*', '_' -> emphasis(ended);
            case '[' -> link(ended);
            default -> literal(1);
          };
      if (used == 0) {
        if (!ended && pending.length() <= LONGEST) {
          return;
        }
        used = literal(run(0));
      }
      pending.delete(0, used);
    }
  }

  /** How many of the same characters stand there. */
  private int run(int from) {
    int to = from;
    while (to < pending.length() && pending.charAt(to) == pending.charAt(from)) {
      to++;
    }
    return to - from;
  }

  /** Emits the next characters as they are; returns how many chars that were. */
  private int literal(int characters) {
    int end = pending.offsetByCodePoints(0, characters);
    pending.substring(0, end).codePoints().forEach(c -> emit(c, around));
    return end;
  }

  private void emit(int character, Set<Emphasis> emphasis) {
    sink.add(character, emphasis);
    before = character;
  }

  private int escape(boolean ended) {
    if (pending.length() == 1) {
      return ended ? literal(1) : 0;
    }
    char next = pending.charAt(1);
    if (ESCAPABLE.indexOf(next) < 0) {
      return literal(1);
    }
    emit(next, around);
    return 2;
  }

  private int code(boolean ended) {
    int ticks = run(0);
    for (int at = ticks; at < pending.length(); at++) {
      int closing = pending.charAt(at) == '`' ? run(at) : 0;
      boolean mayGrow = at + closing == pending.length() && !ended;
      if (closing == ticks && !mayGrow) {
        String content = pending.substring(ticks, at);
        boolean padded = content.startsWith(" ") && content.endsWith(" ") && !content.isBlank();
        (padded ? content.substring(1, content.length() - 1) : content)
            .codePoints()
            .forEach(c -> emit(c, Emphasis.CODE.and(around)));
        return at + closing;
      }
      at += Math.max(0, closing - 1);
    }
    return 0;
  }

  private int emphasis(boolean ended) {
    int marks = run(0);
    if (marks == pending.length()) {
      return ended ? literal(marks) : 0;
    }
    boolean underscore = pending.charAt(0) == '_';
    if (marks > 3
        || Character.isWhitespace(pending.codePointAt(marks))
        || (underscore && Character.isLetterOrDigit(before))) {
      return literal(marks);
    }
    for (int at = marks + 1; at < pending.length(); at++) {
      if (pending.charAt(at) != pending.charAt(0)) {
        continue;
      }
      int closing = run(at);
      int after = at + closing;
      if (after == pending.length() && !ended) {
        return 0;
      }
      boolean inWord =
          underscore
              && after < pending.length()
              && Character.isLetterOrDigit(pending.codePointAt(after));
      if (closing == marks && !inWord && !Character.isWhitespace(pending.charAt(at - 1))) {
        nested(pending.substring(marks, at), emphasised(marks));
        return after;
      }
      at = after - 1;
    }
    return 0;
  }

  private Set<Emphasis> emphasised(int marks) {
    return switch (marks) {
      case 1 -> Emphasis.ITALIC.and(around);
      case 2 -> Emphasis.BOLD.and(around);
      default -> Emphasis.BOLD.and(Emphasis.ITALIC.and(around));
    };
  }

  private void nested(String content, Set<Emphasis> emphasis) {
    InlineMarkdown inner = new InlineMarkdown(this::emit, emphasis);
    content.codePoints().forEach(inner::add);
    inner.end();
  }

  private int link(boolean ended) {
    int close = pending.indexOf("]");
    if (close < 0) {
      return 0;
    }
    if (close + 1 == pending.length()) {
      return ended ? literal(1) : 0;
    }
    if (pending.charAt(close + 1) != '(') {
      return literal(1);
    }
    int end = pending.indexOf(")", close);
    if (end < 0) {
      return 0;
    }
    String text = pending.substring(1, close);
    String target = pending.substring(close + 2, end).strip();
    nested(text, Emphasis.UNDERLINED.and(around));
    if (!target.isEmpty() && !target.equals(text)) {
      (" (" + target + ")").codePoints().forEach(c -> emit(c, Emphasis.DIM.and(around)));
    }
    return end + 1;
  }
}
