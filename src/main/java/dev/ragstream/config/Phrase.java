package dev.ragstream.config;

import java.util.List;

/** Puts lists into words. */
final class Phrase {

  private Phrase() {}

  /** {@code a, b or c}. */
  static String list(List<String> words, String conjunction) {
    int last = words.size() - 1;
    return last < 1
        ? String.join("", words)
        : String.join(", ", words.subList(0, last)) + " " + conjunction + " " + words.get(last);
  }
}
