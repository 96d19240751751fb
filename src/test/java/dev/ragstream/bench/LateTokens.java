package dev.ragstream.bench;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** How late tokens were, counted by the tenth of a millisecond. */
final class LateTokens {

  private static final int MICROS = 100;
  private static final int MOST = 200_000;

  private final AtomicIntegerArray counts = new AtomicIntegerArray(MOST + 1);

  void add(long micros) {
    counts.incrementAndGet(Math.clamp(micros / MICROS, 0, MOST));
  }

  long count() {
    return laterThan(0);
  }

  long laterThan(double millis) {
    long sum = 0;
    for (int i = (int) Math.ceil(millis * 1000 / MICROS); i <= MOST; i++) {
      sum += counts.get(i);
    }
    return sum;
  }

  /** In milliseconds. */
  double percentile(double percent) {
    long rank = (long) Math.ceil(count() * percent / 100);
    long seen = 0;
    for (int i = 0; i <= MOST; i++) {
      seen += counts.get(i);
      if (seen >= rank && seen > 0) {
        return (i + 1) * MICROS / 1000.0;
      }
    }
    return 0;
  }

  void clear() {
    for (int i = 0; i <= MOST; i++) {
      counts.set(i, 0);
    }
  }
}
