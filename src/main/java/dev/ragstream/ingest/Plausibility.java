package dev.ragstream.ingest;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;

/**
 * Tells text from bytes that were decoded with the wrong encoding. Wrong letters give themselves
 * away: control characters, words that change their alphabet or go from small letters to capitals,
 * and symbols between letters.
 */
final class Plausibility {

  private static final int SAMPLE = 64 << 10;

  /** Line ends, tabs, terminal colours, and what old programs put at the end of a file. */
  private static final String ALLOWED_CONTROLS = "\n\r\t\f\0\u001A\u001B\u0085";

  private Plausibility() {}

  static boolean looksLikeText(String text) {
    int[] sample = text.substring(0, Math.min(text.length(), SAMPLE)).codePoints().toArray();
    if (Arrays.stream(sample).anyMatch(Plausibility::isControl)) {
      return false;
    }
    long foreign = Arrays.stream(sample).filter(c -> c > 0x7F).count();
    return oddities(sample) * 10 <= foreign && !hasTooManyAccents(sample);
  }

  private static long oddities(int[] text) {
    int odd = 0;
    for (int i = 0; i < text.length; i++) {
      int before = i == 0 ? ' ' : text[i - 1];
      int after = i + 1 == text.length ? ' ' : text[i + 1];
      if ((text[i] > 0x7F || before > 0x7F) && isOdd(before, text[i], after)) {
        odd++;
      }
    }
    return odd;
  }

  /** No language writes more than half of its Latin letters with accents. */
  private static boolean hasTooManyAccents(int[] text) {
    long latin = Arrays.stream(text).filter(Plausibility::isLatin).count();
    long accented = Arrays.stream(text).filter(c -> c > 0x7F && isLatin(c)).count();
    return accented * 2 > latin;
  }

  private static boolean isLatin(int c) {
    return Character.isLetter(c) && UnicodeScript.of(c) == UnicodeScript.LATIN;
  }

  private static boolean isControl(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> ALLOWED_CONTROLS.indexOf(c) < 0;
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
