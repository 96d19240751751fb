package dev.ragstream.core;

import java.util.List;

/**
 * Where the tokens of a prompt go, and what became of every retrieved passage. All counts are
 * tokens as {@link TokenCounter} counts them; the model's server may count a few more for its own
 * framing.
 *
 * @param budget for prompt and answer together, the setting {@code prompt.budget}
 * @param reserve of it, kept free for the answer
 * @param template the instructions: everything that is neither history, question nor passage
 * @param history of the turns that were kept
 * @param droppedMessages how many of the oldest messages of the history did not fit
 * @param total of all messages; at most {@code budget - reserve}
 * @param entries one for each retrieved passage, in order
 */
public record Ledger(
    int budget,
    int reserve,
    int template,
    int history,
    int droppedMessages,
    int question,
    int total,
    List<Entry> entries) {

  public Ledger {
    entries = List.copyOf(entries);
  }

  /** What all kept and clipped passages cost, their delimiters included. */
  public int passages() {
    return entries.stream().mapToInt(Entry::tokens).sum();
  }

  /** The passages that the model sees, whole or clipped, in order. */
  public List<Passage> shown() {
    return entries.stream()
        .filter(entry -> !(entry.outcome() instanceof Outcome.Dropped))
        .map(Entry::passage)
        .toList();
  }

  /** Whether passages were found and none of them is in the prompt for want of room. */
  public boolean nothingFits() {
    return entries.stream().allMatch(entry -> entry.tokens() == 0)
        && entries.stream()
            .anyMatch(entry ->
                entry.outcome() instanceof Outcome.Dropped(Reason reason)
                    && reason instanceof Reason.OverBudget);
  }

  /**
   * What became of one passage.
   *
   * @param fullTokens what it would cost whole, its delimiters included
   * @param tokens what it does cost; 0 where it was dropped
   */
  public record Entry(Passage passage, int fullTokens, int tokens, Outcome outcome) {}

  /** Kept, clipped, or dropped and why. */
  public sealed interface Outcome {

    record Kept() implements Outcome {}

    /** Cut at the end of a sentence to fit what was left of the budget. */
    record Clipped() implements Outcome {}

    record Dropped(Reason reason) implements Outcome {}
  }

  /** Why a passage is not in the prompt. */
  public sealed interface Reason {

    /** No room was left. */
    record OverBudget() implements Reason {}

    /** It says what a better ranked passage says, nearly word for word. */
    record DuplicateOf(int n) implements Reason {}

    /** It scored below the setting {@code retrieval.minScore}. */
    record BelowMinScore() implements Reason {}

    /** The setting {@code retrieval.topK} was reached. */
    record BeyondTopK() implements Reason {}
  }
}
