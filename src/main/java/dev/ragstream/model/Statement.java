package dev.ragstream.model;

import dev.ragstream.core.Excerpt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing that an excerpt says, in plain text.
 *
 * @param excerpt where it is said
 * @param position its place there, from 0
 * @param question the question that it answers, where the excerpt asks one right before it; else
 *     empty
 * @param text what an answer can quote
 */
record Statement(Excerpt excerpt, int position, String question, String text) {

  /** The number that cites it. */
  int n() {
    return excerpt.passage().n();
  }

  /** What is compared with the user's question: a sentence says little without its heading. */
  String searchableText() {
    return Stream.of(excerpt.passage().chunk().title(), question, text)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("\n"));
  }
}
