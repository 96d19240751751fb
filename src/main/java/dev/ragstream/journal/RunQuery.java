package dev.ragstream.journal;

import org.jspecify.annotations.Nullable;

/**
 * Which runs; all that is given must hold.
 *
 * @param limit how many at most, the newest ones
 * @param model a part of the model's name
 * @param ending how it ended
 * @param text a part of the question; the case of ASCII letters does not matter
 */
public record RunQuery(
    int limit, @Nullable String model, @Nullable How ending, @Nullable String text) {

  /** How a run ended, or that it did not. */
  public enum How {
    COMPLETED,
    CANCELLED,
    FAILED,
    UNFINISHED
  }

  /** The newest runs of any kind. */
  public static RunQuery newest(int limit) {
    return new RunQuery(limit, null, null, null);
  }
}
