package dev.ragstream.core;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A text as the set of its runs of three words (of three characters in scripts without spaces), for
 * telling near duplicates by the share of runs in common (Broder, <i>On the resemblance and
 * containment of documents</i>, 1997).
 *
 * @param runs at least one
 * @param numbers the words with a digit
 */
record Shingles(Set<String> runs, Set<String> numbers) {

  private static final int LENGTH = 3;

  /** From this share on, two texts say the same. */
  private static final double NEAR_DUPLICATE = 0.9;

  static Shingles of(String text) {
    List<String> words = new ArrayList<>();
    String lower = text.toLowerCase(Locale.ROOT);
    BreakIterator breaks = BreakIterator.getWordInstance(Locale.ROOT);
    breaks.setText(lower);
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
      addWord(lower.substring(start, end), words);
    }
    Set<String> runs = new HashSet<>();
    for (int i = 0; i + LENGTH <= words.size(); i++) {
      runs.add(String.join(" ", words.subList(i, i + LENGTH)));
    }
    if (runs.isEmpty()) {
      runs.add(words.isEmpty() ? lower.strip() : String.join(" ", words));
    }
    return new Shingles(
        runs, words.stream().filter(Shingles::hasDigit).collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * Whether both say the same. Where a number differs they do not: two price lists may be alike in
   * all else.
   */
  boolean nearDuplicateOf(Shingles other) {
    if (!numbers.equals(other.numbers)) {
      return false;
    }
    long common = runs.stream().filter(other.runs::contains).count();
    return common >= NEAR_DUPLICATE * (runs.size() + other.runs.size() - common);
  }

  private static boolean hasDigit(String word) {
    return word.codePoints().anyMatch(Character::isDigit);
  }

  private static void addWord(String word, List<String> words) {
    int first = word.codePointAt(0);
    if (Character.isIdeographic(first)) {
      word.codePoints().forEach(c -> words.add(Character.toString(c)));
    } else if (Character.isLetterOrDigit(first)) {
      words.add(word);
    }
  }
}
