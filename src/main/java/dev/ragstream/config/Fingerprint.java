package dev.ragstream.config;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 fingerprint of a certificate.
 *
 * @param sha256 64 hexadecimal digits, in lower case
 */
public record Fingerprint(String sha256) {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}(:?[0-9a-f]{2}){31}");

  /** The fingerprint, which may be written with colons; null for anything else. */
  static @Nullable Fingerprint parse(String text) {
    String digits = text.toLowerCase(Locale.ROOT);
    return FORM.matcher(digits).matches() ? new Fingerprint(digits.replace(":", "")) : null;
  }

  @Override
  public String toString() {
    return sha256;
  }
}
