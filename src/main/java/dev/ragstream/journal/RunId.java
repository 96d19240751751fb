package dev.ragstream.journal;

import java.time.Instant;
import java.util.Locale;

/**
 * Ids of runs: the time in 32nds of a second as seven digits of base 32, without the letters that
 * are taken for others (Crockford's alphabet).
 */
final class RunId {

  private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int LENGTH = 7;
  private static final int BITS = 5;
  private static final long TICKS_PER_SECOND = 32;
  private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");

  private RunId() {}

  /** The tick that a time is in; 0 for all before 2025. */
  static long tick(Instant time) {
    long millis = Math.max(0, time.toEpochMilli() - FIRST.toEpochMilli());
    return millis * TICKS_PER_SECOND / 1000;
  }

  static String of(long tick) {
    StringBuilder id = new StringBuilder();
    long rest = tick;
    while (rest > 0 || id.length() < LENGTH) {
      id.append(DIGITS.charAt((int) (rest & (DIGITS.length() - 1))));
      rest >>>= BITS;
    }
    return id.reverse().toString();
  }

  /** As the id is spelt, whatever case and look-alikes it was typed with. */
  static String spelt(String typed) {
    return typed.strip().toLowerCase(Locale.ROOT).replace('o', '0').replaceAll("[il]", "1");
  }
}
