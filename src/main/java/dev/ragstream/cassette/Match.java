package dev.ragstream.cassette;

/** When a recorded run answers for a live one. */
public enum Match {
  /** Passages are looked for anew, and the request must be the recorded one. */
  EXACT,
  /** The question is the same; the recorded passages are taken, so that no index is needed. */
  QUESTION
}
