package dev.ragstream.ingest;

import java.util.ArrayList;
import java.util.List;

/** Writes page and line numbers for people. */
final class Numbers {

  private Numbers() {}

  /** Such as {@code 1-3, 7} for 1, 2, 3 and 7. */
  static String ranges(List<Integer> ascending) {
    List<String> ranges = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < ascending.size(); i++) {
      boolean last = i + 1 == ascending.size() || ascending.get(i + 1) != ascending.get(i) + 1;
      if (last) {
        int first = ascending.get(start);
        ranges.add(i == start ? String.valueOf(first) : first + "-" + ascending.get(i));
        start = i + 1;
      }
    }
    return String.join(", ", ranges);
  }
}
