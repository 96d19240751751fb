package dev.ragstream.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number of bytes, written as {@code 256MB} or {@code 64KiB}; kB, MB and GB count in thousands,
 * KiB, MiB and GiB in 1024s.
 *
 * @param bytes at least 1
 */
public record ByteSize(long bytes) {

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,9}) ?(B|KB|MB|GB|KIB|MIB|GIB)?", Pattern.CASE_INSENSITIVE);

  /** The size; null for anything else. */
  static @Nullable ByteSize parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return null;
    }
    String unit = form.group(2) == null ? "B" : form.group(2).toUpperCase(Locale.ROOT);
    long step = unit.endsWith("IB") ? 1024 : 1000;
    long factor =
        switch (unit.charAt(0)) {
          case 'K' -> step;
          case 'M' -> step * step;
          case 'G' -> step * step * step;
          default -> 1;
        };
    long bytes = Long.parseLong(form.group(1)) * factor;
    return bytes == 0 ? null : new ByteSize(bytes);
  }
}
