package dev.ragstream.model;

import dev.ragstream.core.Excerpt;

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

  /** What is compared with the user's question. */
  String searchableText() {
    return question.isEmpty() ? text : question + " " + text;
  }
}
