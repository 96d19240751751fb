package dev.ragstream.journal;

import java.time.Duration;

/** Which runs are removed. */
public sealed interface Removal {

  /** Those that began before. */
  record OlderThan(Duration age) implements Removal {}

  /** All but the newest ones. */
  record AllBut(int newest) implements Removal {}
}
