package dev.ragstream.server;

/** What a {@link Rehearsal} does to the events of one answer on their way to the client. */
final class WireTrouble {

  private final Rehearsal rehearsal;
  private int events;

  WireTrouble(Rehearsal rehearsal) {
    this.rehearsal = rehearsal;
  }

  /** The connection breaks off here. */
  static final class CutException extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }

  /** Whether the connection breaks off before the next event. */
  boolean cuts() {
    return rehearsal.cut() == events;
  }

  /** Counts an event that is on its way. */
  void passes() {
    events++;
  }

  /**
   * Looks at the next event.
   *
   * @return whether it is sent twice
   * @throws CutException where it is not sent at all, nor any after it
   */
  boolean doubles() {
    if (cuts()) {
      throw new CutException();
    }
    passes();
    return rehearsal.duplicate() > 0 && events % rehearsal.duplicate() == 0;
  }
}
