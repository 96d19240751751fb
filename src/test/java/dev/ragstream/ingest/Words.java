package dev.ragstream.ingest;

import dev.ragstream.core.TokenSpans;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A tokenizer that people can follow: a word, a Chinese character or a mark is a token. */
final class Words {

  private static final Pattern TOKEN =
      Pattern.compile("\\p{IsHan}|[\\p{L}\\p{N}&&[^\\p{IsHan}]]+|[^\\s\\p{L}\\p{N}]");

  private Words() {}

  static TokenSpans tokens(String text) {
    MatchResult[] found = TOKEN.matcher(text).results().toArray(MatchResult[]::new);
    int[] starts = new int[found.length];
    int[] ends = new int[found.length];
    for (int i = 0; i < found.length; i++) {
      starts[i] = found[i].start();
      ends[i] = found[i].end();
    }
    return new TokenSpans(starts, ends);
  }

  static int count(String text) {
    return tokens(text).count();
  }
}
