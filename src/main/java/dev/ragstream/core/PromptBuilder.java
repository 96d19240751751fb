package dev.ragstream.core;

import dev.ragstream.core.Ledger.Entry;
import dev.ragstream.core.Ledger.Outcome;
import dev.ragstream.core.Ledger.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * Packs passages into a prompt, best first, as far as the budget reaches, and accounts for each.
 */
public final class PromptBuilder {

  /** A clipped passage shorter than this says too little to be worth its delimiters. */
  private static final int SHORTEST_CLIP_TOKENS = 40;

  private final Template template;
  private final TokenCounter counter;
  private final int budget;
  private final int reserve;

  /**
   * @param budget tokens for prompt and answer together
   * @param reserve of these, kept free for the answer; less than {@code budget}
   */
  public PromptBuilder(Template template, TokenCounter counter, int budget, int reserve) {
    this.template = template;
    this.counter = counter;
    this.budget = budget;
    this.reserve = reserve;
  }

  /**
   * Builds the prompt.
   *
   * @throws FailureException of kind {@code PROMPT_TOO_LONG} where even without passages and
   *     history it does not fit, {@code TEMPLATE} where the template does not render
   */
  public Prompt build(Question question, Retrieval retrieval) {
    String fence = Fence.around(retrieval.passages());
    int room = budget - reserve;
    int bare = tokens(question, List.of(), List.of(), fence);
    if (bare > room) {
      throw new FailureException(
          Failure.Kind.PROMPT_TOO_LONG,
          "the question and the template alone take "
              + bare
              + " tokens, and prompt.budget - prompt.reserve leaves "
              + room,
          "raise prompt.budget (--budget), or shorten the template or the question");
    }
    List<Message> history = fittingHistory(question, fence, bare + (room - bare) / 2);
    int before = tokens(question, history, List.of(), fence);
    Packing packing = pack(retrieval, fence, room - before);
    while (true) {
      List<Message> messages =
          template.render(new Template.Values(question.text(), history, packing.excerpts(), fence));
      int total = tokens(messages);
      if (total <= room || packing.excerpts().isEmpty()) {
        return prompt(question, history, messages, packing, total);
      }
      packing = packing.withoutLast();
    }
  }

  private Prompt prompt(
      Question question,
      List<Message> history,
      List<Message> messages,
      Packing packing,
      int total) {
    int historyTokens = tokens(history);
    int questionTokens = counter.count(question.text());
    int passageTokens = packing.entries().stream().mapToInt(Entry::tokens).sum();
    Ledger ledger =
        new Ledger(
            budget,
            reserve,
            Math.max(0, total - historyTokens - questionTokens - passageTokens),
            historyTokens,
            question.history().size() - history.size(),
            questionTokens,
            total,
            packing.entries());
    return new Prompt(
        question, template.name(), messages, packing.excerpts(), packing.fence(), ledger);
  }

  /**
   * The newest turns that fit into half of what is left; what the model needs most are the
   * passages.
   */
  private List<Message> fittingHistory(Question question, String fence, int limit) {
    List<Message> history = question.history();
    while (!history.isEmpty() && tokens(question, history, List.of(), fence) > limit) {
      history = history.subList(1, history.size());
    }
    return history;
  }

  private Packing pack(Retrieval retrieval, String fence, int room) {
    List<Entry> entries = new ArrayList<>();
    List<Excerpt> excerpts = new ArrayList<>();
    List<Shingles> seen = new ArrayList<>();
    int left = room;
    boolean full = false;
    for (Passage passage : retrieval.passages()) {
      Excerpt whole = new Excerpt(passage, passage.chunk().text());
      int cost = cost(whole, fence);
      Shingles shingles = Shingles.of(passage.chunk().text());
      int twin = twin(shingles, seen);
      if (passage.score() < retrieval.options().minScore()) {
        entries.add(dropped(passage, cost, new Reason.BelowMinScore()));
      } else if (twin >= 0) {
        entries.add(
            dropped(passage, cost, new Reason.DuplicateOf(excerpts.get(twin).passage().n())));
      } else if (excerpts.size() >= retrieval.options().topK()) {
        entries.add(dropped(passage, cost, new Reason.BeyondTopK()));
      } else if (!full && cost <= left) {
        entries.add(new Entry(passage, cost, cost, new Outcome.Kept()));
        excerpts.add(whole);
        seen.add(shingles);
        left -= cost;
      } else {
        Excerpt clipped = full ? new Excerpt(passage, "") : clip(whole, fence, left);
        full = true;
        if (clipped.text().isEmpty()) {
          entries.add(dropped(passage, cost, new Reason.OverBudget()));
        } else {
          int clippedCost = cost(clipped, fence);
          entries.add(new Entry(passage, cost, clippedCost, new Outcome.Clipped()));
          excerpts.add(clipped);
          seen.add(shingles);
        }
      }
    }
    return new Packing(entries, excerpts, fence);
  }

  /**
   * The longest run of whole sentences from the start that fits; no text where that is too little.
   */
  private Excerpt clip(Excerpt whole, String fence, int room) {
    StringBuilder text = new StringBuilder();
    Excerpt best = new Excerpt(whole.passage(), "");
    for (String sentence : Sentences.of(whole.text())) {
      text.append(sentence);
      Excerpt longer = new Excerpt(whole.passage(), text.toString().strip());
      if (cost(longer, fence) > room) {
        break;
      }
      best = longer;
    }
    boolean worthIt = counter.count(best.text()) >= SHORTEST_CLIP_TOKENS;
    return worthIt ? best : new Excerpt(whole.passage(), "");
  }

  private static int twin(Shingles shingles, List<Shingles> seen) {
    for (int i = 0; i < seen.size(); i++) {
      if (shingles.nearDuplicateOf(seen.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static Entry dropped(Passage passage, int cost, Reason reason) {
    return new Entry(passage, cost, 0, new Outcome.Dropped(reason));
  }

  /** The blank line that parts an excerpt from the next one is counted with it. */
  private int cost(Excerpt excerpt, String fence) {
    return counter.count(excerpt.fenced(fence) + "\n\n");
  }

  private int tokens(
      Question question, List<Message> history, List<Excerpt> excerpts, String fence) {
    return tokens(template.render(new Template.Values(question.text(), history, excerpts, fence)));
  }

  private int tokens(List<Message> messages) {
    return messages.stream().mapToInt(m -> counter.count(m.content())).sum();
  }

  private record Packing(List<Entry> entries, List<Excerpt> excerpts, String fence) {

    /**
     * The same with the last excerpt dropped: a template may show more of a passage than its fenced
     * text.
     */
    Packing withoutLast() {
      Excerpt last = excerpts.getLast();
      List<Entry> fewer =
          entries.stream()
              .map(entry ->
                  entry.passage().n() == last.passage().n()
                      ? dropped(entry.passage(), entry.fullTokens(), new Reason.OverBudget())
                      : entry)
              .toList();
      return new Packing(fewer, excerpts.subList(0, excerpts.size() - 1), fence);
    }
  }
}
