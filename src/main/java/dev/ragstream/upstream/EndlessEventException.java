package dev.ragstream.upstream;

import java.io.IOException;

/** A server sends an event that never ends. */
public final class EndlessEventException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param limit the longest event, in bytes
   */
  public EndlessEventException(int limit) {
    super("an event is longer than " + (limit >> 20) + " MiB");
  }
}
