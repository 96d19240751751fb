package dev.ragstream.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens while a question is answered, in order: {@code Retrieved}, {@code PromptBuilt}, any
 * number of {@code Reasoning} and {@code Text}, and exactly one {@link Ending}, always last. The
 * command line, the servers and the checks all read this one stream.
 */
public sealed interface AnswerEvent {

  /** The passages that were found. */
  record Retrieved(Retrieval retrieval) implements AnswerEvent {}

  /** The prompt that the model is about to be sent, and its ledger. */
  record PromptBuilt(Prompt prompt) implements AnswerEvent {}

  /** The next piece of what the model thinks aloud; whole characters. */
  record Reasoning(String text) implements AnswerEvent {}

  /** The next piece of the answer; whole characters. */
  record Text(String text) implements AnswerEvent {}

  /** How it ended. */
  sealed interface Ending extends AnswerEvent {}

  /**
   * The answer is whole.
   *
   * @param finishReason why the model stopped: {@code stop}, {@code length} or as its server says
   * @param citations the numbers of the passages that the answer cites, in the order of first
   *     mention
   * @param unread what the model's server did not read of the prompt; null where nothing is known
   *     to be missing
   */
  record Completed(
      String finishReason,
      List<Integer> citations,
      Usage usage,
      @Nullable Unread unread,
      Timings timings)
      implements Ending {

    public Completed {
      citations = List.copyOf(citations);
    }
  }

  /** The reader left or the thread was interrupted; what came until then stands. */
  record Cancelled(Timings timings) implements Ending {}

  /**
   * Something failed; what came until then stands.
   *
   * @param cause what was thrown, for who looks for the fault; no wire spells it
   */
  record Failed(Failure failure, Timings timings, @Nullable Throwable cause) implements Ending {

    public Failed(Failure failure, Timings timings) {
      this(failure, timings, null);
    }
  }
}
