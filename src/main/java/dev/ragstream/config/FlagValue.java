package dev.ragstream.config;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;

/**
 * A setting given on the command line, by {@code --set} or by an option of its own.
 *
 * @param option as the user wrote it: {@code -k}, {@code --set retrieval.topK}
 * @param key the setting's dotted name
 * @param value as text
 */
public record FlagValue(String option, String key, String value) {

  /**
   * Reads the argument of {@code --set}.
   *
   * @param assignment {@code key=value}
   * @throws FailureException of kind {@code SETTINGS} where the {@code =} is missing; it repeats no
   *     more than the key, since what follows may be secret
   */
  public static FlagValue set(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 0) {
      throw new FailureException(
          Failure.Kind.SETTINGS,
          "--set %s has no =".formatted(assignment.replaceFirst("(?s)[^\\w.-].*", "")),
          "write --set KEY=VALUE, for example --set retrieval.topK=8");
    }
    String key = assignment.substring(0, equals).strip();
    return new FlagValue("--set " + key, key, assignment.substring(equals + 1));
  }

  /** Leaves the value out: it may be secret. */
  @Override
  public String toString() {
    return option;
  }
}
