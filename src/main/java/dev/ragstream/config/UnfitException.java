package dev.ragstream.config;

/** A value that a setting does not accept; the message goes on where the setting's name ends. */
final class UnfitException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String remedy;

  /**
   * Says what is wrong.
   *
   * @param problem goes on where the setting's name ends: {@code cannot be 0}
   */
  UnfitException(String problem, String remedy) {
    super(problem);
    this.remedy = remedy;
  }

  String problem() {
    return String.valueOf(getMessage());
  }

  String remedy() {
    return remedy;
  }
}
