package dev.ragstream.config;

import org.jspecify.annotations.Nullable;

/**
 * How fast recordings are played, written as {@code max} or as a number.
 *
 * @param factor 1 in real time, 2 twice as fast, infinity at once
 */
public record ReplaySpeed(double factor) {

  /** The speed; null for anything else. */
  static @Nullable ReplaySpeed parse(String text) {
    if (text.equals("max")) {
      return new ReplaySpeed(Double.POSITIVE_INFINITY);
    }
    if (!text.matches("\\d{1,6}(\\.\\d{1,6})?")) {
      return null;
    }
    double factor = Double.parseDouble(text);
    return factor > 0 ? new ReplaySpeed(factor) : null;
  }
}
