package dev.ragstream.embed;

/**
 * Cuts a long text where no token can be: the tokenizer needs time and memory out of proportion for
 * a text of some megabytes.
 */
final class Slices {

  /** In {@code char}s; from here up to 128,000 the tokenizer's speed per char stays the same. */
  static final int LENGTH = 32_000;

  private Slices() {}

  /** The end of the slice that begins at {@code start}. */
  static int end(String text, int start) {
    int limit = start + LENGTH;
    if (limit >= text.length()) {
      return text.length();
    }
    for (int end = limit; end > start + LENGTH / 2; end--) {
      if (separates(text.charAt(end))) {
        return end;
      }
    }
    return Character.isLowSurrogate(text.charAt(limit)) ? limit - 1 : limit;
  }

  /** Whether BERT's tokenizer ends a word here, whatever else the text holds. */
  private static boolean separates(char next) {
    return next == ' ' || next == '\n' || (next >= '\u4E00' && next <= '\u9FFF');
  }
}
