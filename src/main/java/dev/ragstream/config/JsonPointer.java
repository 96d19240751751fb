package dev.ragstream.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in JSON (RFC 6901), such as {@code /choices/0/delta/content}; {@code *} stands for each
 * element of an array.
 */
public record JsonPointer(String text) {

  private static final Pattern FORM = Pattern.compile("(/([^~/]|~[01])*)+");

  /** The pointer; null for what is none. */
  static @Nullable JsonPointer parse(String text) {
    return FORM.matcher(text).matches() ? new JsonPointer(text) : null;
  }

  @Override
  public String toString() {
    return text;
  }
}
