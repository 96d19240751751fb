package dev.ragstream.core;

/** Decides what passages are looked for by, where a question follows others. */
@FunctionalInterface
public interface FollowUps {

  /** Every question stands for itself. */
  FollowUps NONE = Question::text;

  /**
   * The words to look for passages by; never blank.
   *
   * @throws InterruptedException where the thread is interrupted meanwhile
   */
  String query(Question question) throws InterruptedException;
}
