package dev.ragstream.model;

import java.text.BreakIterator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words of a text in lower case; in scripts without spaces, its characters. */
record Words(Set<String> words) {

  static Words of(String text) {
    Set<String> words = new HashSet<>();
    String lower = text.toLowerCase(Locale.ROOT);
    BreakIterator breaks = BreakIterator.getWordInstance(Locale.ROOT);
    breaks.setText(lower);
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
      String word = lower.substring(start, end);
      if (Character.isIdeographic(word.codePointAt(0))) {
        word.codePoints().mapToObj(Character::toString).forEach(words::add);
      } else if (Character.isLetterOrDigit(word.codePointAt(0))) {
        words.add(word);
      }
    }
    return new Words(words);
  }

  static boolean ideographic(String text) {
    return text.codePoints().anyMatch(Character::isIdeographic);
  }

  /**
   * How much of these words each text holds, 0 to 1. A word weighs more the fewer of the texts hold
   * it (inverse document frequency), so that no list of stop words is needed; one that none holds
   * weighs most.
   */
  double[] shares(List<Words> texts) {
    double[] shares = new double[texts.size()];
    double sum = 0;
    for (String word : words) {
      long holders = texts.stream().filter(text -> text.words.contains(word)).count();
      double weight = Math.log(1 + texts.size() / (holders + 0.5));
      sum += weight;
      for (int i = 0; i < shares.length; i++) {
        shares[i] += texts.get(i).words.contains(word) ? weight : 0;
      }
    }
    for (int i = 0; i < shares.length && sum > 0; i++) {
      shares[i] /= sum;
    }
    return shares;
  }
}
