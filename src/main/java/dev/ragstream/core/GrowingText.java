package dev.ragstream.core;

import java.util.ArrayList;
import java.util.List;

/**
 * A text that grows by pieces and is needed whole only at the end. It takes no room ahead and moves
 * nothing when it grows: many long answers may wait for readers that stall.
 */
final class GrowingText {

  private static final int PART = 2 << 10;

  private final List<String> parts = new ArrayList<>();
  private final StringBuilder last = new StringBuilder();

  void append(String piece) {
    last.append(piece);
    if (last.length() >= PART) {
      parts.add(last.toString());
      last.setLength(0);
    }
  }

  @Override
  public String toString() {
    return String.join("", parts) + last;
  }
}
