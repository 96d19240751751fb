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

  /**
   * Looks at the next event.
   *
   * @return whether it is sent twice
   * @throws CutException where it is not sent at all, nor any after it
   */
  boolean doubles() {
    if (rehearsal.cut() == events) {
      throw new CutException();
    }
    events++;
    return rehearsal.duplicate() > 0 && events % rehearsal.duplicate() == 0;
  }
}
