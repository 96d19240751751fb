package dev.ragstream.ingest;

import java.lang.Character.UnicodeScript;

/**
 * Tells text from bytes that were decoded with the wrong encoding. Wrong letters give themselves
 * away: control characters, words that change their alphabet or go from small letters to capitals,
 * and symbols between letters.
 */
final class Plausibility {

  private static final int SAMPLE = 64 << 10;

  private Plausibility() {}

  static boolean looksLikeText(String text) {
    String sample = text.substring(0, Math.min(text.length(), SAMPLE));
    int foreign = 0;
    int odd = 0;
    int before = ' ';
    for (int i = 0; i < sample.length(); ) {
      int c = sample.codePointAt(i);
      i += Character.charCount(c);
      if (isControl(c)) {
        return false;
      }
      if (c > 0x7F) {
        foreign++;
      }
      int after = i < sample.length() ? sample.codePointAt(i) : ' ';
      if ((c > 0x7F || before > 0x7F) && isOdd(before, c, after)) {
        odd++;
      }
      before = c;
    }
    return odd * 10 <= foreign;
  }

  private static boolean isControl(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL ->
          c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0 && c != 0x1A && c != 0x1B
              && c != 0x85;
      case Character.UNASSIGNED, Character.PRIVATE_USE, Character.SURROGATE -> true;
      default -> c == 0xFFFD;
    };
  }

  private static boolean isOdd(int before, int c, int after) {
    if (Character.isLetter(before) && Character.isLetter(c)) {
      return changesAlphabet(before, c)
          || (Character.isLowerCase(before) && Character.isUpperCase(c));
    }
    boolean between = Character.isLetter(before) && Character.isLetter(after);
    return between && isSymbol(c);
  }

  private static boolean changesAlphabet(int a, int b) {
    UnicodeScript first = UnicodeScript.of(a);
    UnicodeScript second = UnicodeScript.of(b);
    return first != second && isAlphabet(first) && isAlphabet(second);
  }

  private static boolean isAlphabet(UnicodeScript script) {
    return switch (script) {
      case LATIN, CYRILLIC, GREEK, ARABIC, HEBREW, THAI -> true;
      default -> false;
    };
  }

  private static boolean isSymbol(int c) {
    return switch (Character.getType(c)) {
      case Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.OTHER_SYMBOL,
          Character.OTHER_NUMBER,
          Character.INITIAL_QUOTE_PUNCTUATION ->
          c > 0x7F;
      default -> false;
    };
  }
}
