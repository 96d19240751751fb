package dev.ragstream.server;

import java.time.Duration;

/**
 * How long a server bears with silence; fixed once it runs.
 *
 * @param ping after so much silence a stream of events gets a comment
 * @param socketPing how often a WebSocket is pinged; a client that leaves two pings open is gone
 * @param idle a connection on which nothing moves for so long is closed, unless an answer is being
 *     made for it
 * @param slowReader how long an answer waits for its only reader, or the foremost of several, where
 *     that one is too far behind
 */
public record Patience(Duration ping, Duration socketPing, Duration idle, Duration slowReader) {

  /** Proxies and clients cut what is silent for longer, some after 20 seconds. */
  public static final Patience STANDARD =
      new Patience(
          Duration.ofSeconds(9),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30));

  /** A WebSocket's limit is longer than the pause between pings, or these would be of no use. */
  Duration socketIdle() {
    return socketPing.multipliedBy(6);
  }
}
