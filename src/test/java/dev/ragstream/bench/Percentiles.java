package dev.ragstream.bench;

import java.util.Arrays;
import java.util.List;

/** How long things took, as a table's row says it. */
final class Percentiles {

  private Percentiles() {}

  /** In milliseconds. */
  static double of(List<Long> nanos, int percent) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
  }

  static void head() {
    System.out.printf("%-34s %8s %8s%n", "", "p50 ms", "p99 ms");
  }

  static void row(String name, List<Long> nanos) {
    System.out.printf("%-34s %8.2f %8.2f%n", name, of(nanos, 50), of(nanos, 99));
  }
}
