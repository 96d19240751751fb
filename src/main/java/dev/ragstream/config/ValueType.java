package dev.ragstream.config;

import org.jspecify.annotations.Nullable;

/** What a setting accepts and how it is read. */
interface ValueType {

  /** What it accepts, for people; goes on after "use": {@code a whole number from 1 to 10}. */
  String accepts();

  /**
   * Reads a value.
   *
   * @throws UnfitException where it is not accepted
   */
  Object read(Written written, Setter setter);

  /** The value where nothing was written. */
  default @Nullable Object unset() {
    return null;
  }

  /** Whether it accepts a range or a choice that people have to be told. */
  default boolean limited() {
    return false;
  }

  /** Whether its values must never be shown. */
  default boolean secret() {
    return false;
  }
}
