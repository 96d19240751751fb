package dev.ragstream.core;

/** Port: answers a prompt, piece by piece. */
public interface ChatModel {

  /** As in the setting {@code llm.model}. */
  String name();

  /**
   * Streams the answer to {@code reader} from the calling thread and returns when it is whole.
   *
   * <p>Whatever ends the call early, an interrupt or an exception of the reader included, the
   * connection to the model's server is closed before this method is left.
   *
   * @throws FailureException when the model or its server fails
   * @throws InterruptedException when the thread is interrupted
   */
  Finish stream(Prompt prompt, Reader reader) throws InterruptedException;

  /** Receives the pieces; each holds whole characters and is never empty. */
  interface Reader {

    void reasoning(String piece);

    void text(String piece);
  }

  /** Why the model stopped, and what it says that it used. */
  record Finish(String reason, Usage usage) {}
}
