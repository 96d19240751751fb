package dev.ragstream.render;

import java.util.regex.Pattern;

/**
 * Makes text from documents, models, file names and servers harmless to a terminal. Every control
 * character is replaced by itself, so it makes no difference how an escape sequence is cut into
 * pieces.
 */
public final class TerminalText {

  private static final int CONTROL_PICTURES = 0x2400;
  private static final char DELETE = 0x7F;
  private static final char PICTURE_OF_DELETE = 0x2421;
  private static final char REPLACEMENT = 0xFFFD;

  /** Of Unicode, its line and paragraph separators included. */
  private static final Pattern SPACES = Pattern.compile("(?U)\\s+");

  private TerminalText() {}

  /**
   * The text with C0 controls and DEL as their pictures (ESC as ␛), C1 controls and direction
   * overrides as U+FFFD, and without carriage returns. Line feeds and tabs stay.
   */
  public static String safe(String text) {
    StringBuilder safe = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isHarmless(c)) {
        if (safe != null) {
          safe.append(c);
        }
        continue;
      }
      if (safe == null) {
        safe = new StringBuilder(text.length()).append(text, 0, i);
      }
      if (c == DELETE) {
        safe.append(PICTURE_OF_DELETE);
      } else if (c < ' ') {
        if (c != '\r') {
          safe.append((char) (CONTROL_PICTURES + c));
        }
      } else {
        safe.append(REPLACEMENT);
      }
    }
    return safe == null ? text : safe.toString();
  }

  /** The same, on one line: runs of white space become one space. */
  public static String oneLine(String text) {
    return safe(SPACES.matcher(text.strip()).replaceAll(" "));
  }

  private static boolean isHarmless(char c) {
    if (c < ' ') {
      return c == '\n' || c == '\t';
    }
    boolean c1 = c >= DELETE && c <= 0x9F;
    boolean directionOverride = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return !c1 && !directionOverride;
  }
}
