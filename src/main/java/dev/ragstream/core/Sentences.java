package dev.ragstream.core;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds sentences, in scripts with spaces and without. */
public final class Sentences {

  private Sentences() {}

  /**
   * Cuts a text into sentences. Joined together they are the text again: each holds its mark and
   * the white space after it. A line break after a list item, a heading or a table row ends a
   * sentence too.
   */
  public static List<String> of(String text) {
    List<String> sentences = new ArrayList<>();
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(text);
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
      sentences.add(text.substring(start, end));
    }
    return sentences;
  }
}
