package dev.ragstream.core;

import org.jspecify.annotations.Nullable;

/**
 * What an examination of one thing found.
 *
 * @param subject what was looked at, in a word or two
 * @param observation one sentence, with the names and values at hand
 * @param remedy one sentence: what to do about it; null where nothing is to be done
 */
public record Finding(Level level, String subject, String observation, @Nullable String remedy) {

  /** How bad it is. */
  public enum Level {
    GOOD,
    /** It works, but not as well as it could, or not for long. */
    WARNING,
    /** It does not work. */
    BROKEN
  }

  public static Finding good(String subject, String observation) {
    return new Finding(Level.GOOD, subject, observation, null);
  }

  public static Finding warning(String subject, String observation, String remedy) {
    return new Finding(Level.WARNING, subject, observation, remedy);
  }

  public static Finding broken(String subject, Failure failure) {
    return new Finding(Level.BROKEN, subject, failure.problem(), failure.remedy());
  }
}
