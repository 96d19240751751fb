package dev.ragstream.server;

/** Carries a {@link Refusal} to the one place that answers with it. */
final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  RefusedException(Refusal refusal) {
    super(refusal.failure().problem());
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}
