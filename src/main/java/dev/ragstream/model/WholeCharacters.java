package dev.ragstream.model;

/**
 * Makes pieces of whole characters: a surrogate half at the end of a piece waits for its other
 * half, and one that stays alone becomes U+FFFD.
 */
final class WholeCharacters {

  private static final char REPLACEMENT_CHARACTER = '\uFFFD';

  /** A high surrogate that waits; 0 where none does. */
  private char waiting;

  /** What can be passed on now that {@code piece} has come; may be empty. */
  String next(String piece) {
    if (waiting == 0 && !hasSurrogates(piece)) {
      return piece;
    }
    StringBuilder whole = new StringBuilder(piece.length() + 1);
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      if (Character.isLowSurrogate(c) && waiting != 0) {
        whole.append(waiting).append(c);
        waiting = 0;
        continue;
      }
      whole.append(end());
      if (Character.isHighSurrogate(c)) {
        waiting = c;
      } else {
        whole.append(Character.isLowSurrogate(c) ? REPLACEMENT_CHARACTER : c);
      }
    }
    return whole.toString();
  }

  /** What stands for the half that still waits; empty where none does. */
  String end() {
    boolean alone = waiting != 0;
    waiting = 0;
    return alone ? String.valueOf(REPLACEMENT_CHARACTER) : "";
  }

  private static boolean hasSurrogates(String piece) {
    for (int i = 0; i < piece.length(); i++) {
      if (Character.isSurrogate(piece.charAt(i))) {
        return true;
      }
    }
    return false;
  }
}
