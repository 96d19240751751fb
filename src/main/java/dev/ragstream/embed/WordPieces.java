package dev.ragstream.embed;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.ragstream.core.TokenSpans;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A BERT model's tokenizer, by Hugging Face's native library. Safe for use by several threads.
 *
 * <p>Calls the library beneath DJL's {@code HuggingFaceTokenizer}, which reports its use over the
 * network and copies eight arrays for each text where one is wanted.
 */
final class WordPieces implements AutoCloseable {

  private static final TokenizersLibrary LIBRARY = TokenizersLibrary.LIB;

  private final long handle;
  private final long first;
  private final long last;

  /**
   * @param json the contents of {@code tokenizer.json}
   */
  WordPieces(String json) {
    handle = LIBRARY.createTokenizerFromString(json);
    LIBRARY.disableTruncation(handle);
    LIBRARY.disablePadding(handle);
    long[] special = ids("", true);
    first = special[0];
    last = special[1];
  }

  /**
   * The ids that the model is given: at most {@code limit}, the special first and last included.
   */
  long[] ids(String text, int limit) {
    String sound = withoutLoneSurrogates(text);
    long[] ids = new long[limit];
    ids[0] = first;
    int count = 1;
    for (int start = 0; start < sound.length() && count < limit - 1; ) {
      int end = Slices.end(sound, start);
      long[] slice = ids(sound.substring(start, end), false);
      int room = Math.min(slice.length, limit - 1 - count);
      System.arraycopy(slice, 0, ids, count, room);
      count += room;
      start = end;
    }
    ids[count] = last;
    return Arrays.copyOf(ids, count + 1);
  }

  /** Where the tokens of the whole text are, without the special ones. */
  TokenSpans spans(String text) {
    String sound = withoutLoneSurrogates(text);
    IntStream.Builder starts = IntStream.builder();
    IntStream.Builder ends = IntStream.builder();
    for (int start = 0; start < sound.length(); ) {
      int end = Slices.end(sound, start);
      String slice = sound.substring(start, end);
      CharIndexes indexes = CharIndexes.of(slice);
      for (CharSpan span : spansOf(slice)) {
        starts.add(start + indexes.at(span.getStart()));
        ends.add(start + indexes.at(span.getEnd()));
      }
      start = end;
    }
    return withMarks(sound, starts.build().toArray(), ends.build().toArray());
  }

  @Override
  public void close() {
    LIBRARY.deleteTokenizer(handle);
  }

  private long[] ids(String text, boolean withSpecial) {
    long encoding = LIBRARY.encode(handle, text, withSpecial);
    try {
      return LIBRARY.getTokenIds(encoding);
    } finally {
      LIBRARY.deleteEncoding(encoding);
    }
  }

  private CharSpan[] spansOf(String text) {
    long encoding = LIBRARY.encode(handle, text, false);
    try {
      return LIBRARY.getTokenCharSpans(encoding);
    } finally {
      LIBRARY.deleteEncoding(encoding);
    }
  }

  /** Accents that the tokenizer strips stay with the letters before them. */
  private static TokenSpans withMarks(String text, int[] starts, int[] ends) {
    for (int i = 0; i < ends.length; i++) {
      int next = i + 1 < starts.length ? starts[i + 1] : text.length();
      while (ends[i] < next
          && Character.getType(text.charAt(ends[i])) == Character.NON_SPACING_MARK) {
        ends[i]++;
      }
    }
    return new TokenSpans(starts, ends);
  }

  /** Half a character has no spelling in the library's UTF-8, and would shift all that follows. */
  private static String withoutLoneSurrogates(String text) {
    if (text.codePoints().noneMatch(WordPieces::isSurrogate)) {
      return text;
    }
    StringBuilder sound = new StringBuilder(text.length());
    text.codePoints().map(c -> isSurrogate(c) ? 0xFFFD : c).forEach(sound::appendCodePoint);
    return sound.toString();
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** Translates the library's indexes of code points into indexes of chars. */
  @FunctionalInterface
  private interface CharIndexes {

    int at(int codePoint);

    static CharIndexes of(String text) {
      if (text.codePointCount(0, text.length()) == text.length()) {
        return index -> index;
      }
      int[] indexes = new int[text.length() + 1];
      int codePoint = 0;
      for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
        indexes[codePoint++] = i;
      }
      indexes[codePoint] = text.length();
      return index -> indexes[index];
    }
  }
}
