package dev.ragstream.core;

/** An embedding model refuses one of several texts; the others would have gone. */
public final class TextRefusedException extends FailureException {

  private static final long serialVersionUID = 1L;

  private final int index;

  /**
   * @param index which of the texts it is, from 0
   */
  public TextRefusedException(int index, Failure failure) {
    super(failure);
    this.index = index;
  }

  public int index() {
    return index;
  }
}
