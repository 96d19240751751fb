package dev.ragstream.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads durations written as {@code 500ms}, {@code 10s}, {@code 2m} or {@code 1h}. */
final class Durations {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9}) ?(ms|s|m|h)");
  private static final Duration LONGEST = Duration.ofHours(1);

  private Durations() {}

  /** The duration, from 1 ms to 1 h; null for anything else. */
  static @Nullable Duration parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return null;
    }
    long count = Long.parseLong(form.group(1));
    Duration duration =
        switch (form.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          default -> Duration.ofHours(count);
        };
    return duration.isZero() || duration.compareTo(LONGEST) > 0 ? null : duration;
  }
}
