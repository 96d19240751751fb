package dev.ragstream.upstream;

import java.time.Duration;

/**
 * How long to wait for a model's server.
 *
 * @param connect until the connection stands
 * @param firstToken until the answer begins
 * @param idle for the next bytes of it
 */
public record Timeouts(Duration connect, Duration firstToken, Duration idle) {

  public static final Timeouts DEFAULTS =
      new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(120), Duration.ofSeconds(120));
}
