package dev.ragstream.ingest;

import java.text.BreakIterator;
import java.util.Locale;

/** Finds where a text may be cut. */
final class Cut {

  /** How far to look ahead for the end of what people see as one character, in chars. */
  private static final int LONGEST_CHARACTER = 64;

  private Cut() {}

  /**
   * The last good place in {@code (from, to]}: after white space where there is some in the second
   * half, else between two characters as people see them. Beyond {@code to} only where the first
   * character is longer than all of it.
   *
   * @param from where a character begins
   * @param to not inside a surrogate pair
   */
  static int within(String text, int from, int to) {
    int ahead = Math.min(text.length(), to + LONGEST_CHARACTER);
    if (ahead < text.length() && Character.isLowSurrogate(text.charAt(ahead))) {
      ahead++;
    }
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text.substring(from, ahead));
    int wanted = to - from;
    for (int end = wanted; end > wanted / 2; end--) {
      if (Character.isWhitespace(text.charAt(from + end - 1)) && characters.isBoundary(end)) {
        return from + end;
      }
    }
    int end = characters.isBoundary(wanted) ? wanted : characters.preceding(wanted);
    return from + (end > 0 ? end : characters.following(0));
  }
}
