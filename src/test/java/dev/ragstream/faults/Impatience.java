package dev.ragstream.faults;

import dev.ragstream.upstream.Timeouts;
import java.time.Duration;

/** Limits that a row waits for: one is short, and the others are out of its way. */
final class Impatience {

  static final String REMEDY = "ask again, or raise llm.idleTimeout if the model is that slow";

  static final String FIRST_TOKEN_REMEDY =
      "ask again, or raise llm.firstTokenTimeout if the model is that slow";

  private static final Duration LONG = Duration.ofSeconds(60);

  private Impatience() {}

  static Timeouts untilFirstToken(Duration limit) {
    return new Timeouts(LONG, limit, LONG);
  }

  static Timeouts inMidStream(Duration limit) {
    return new Timeouts(LONG, LONG, limit);
  }
}
