package dev.ragstream.core;

/**
 * The tokens of a text, as half-open spans of {@code char} indexes, in order. A span never cuts a
 * surrogate pair.
 *
 * @param starts where each token begins
 * @param ends where each token ends
 */
@SuppressWarnings(
    "ArrayRecordComponent") // compared by nobody; a list of boxes would cost ten times the memory
public record TokenSpans(int[] starts, int[] ends) {

  public int count() {
    return starts.length;
  }

  /** How many tokens begin in {@code [from, to)}. */
  public int countBetween(int from, int to) {
    return indexAtOrAfter(to) - indexAtOrAfter(from);
  }

  /** The first token that begins at or after a char index; {@link #count()} where there is none. */
  public int indexAtOrAfter(int charIndex) {
    int low = 0;
    int high = starts.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (starts[middle] < charIndex) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
