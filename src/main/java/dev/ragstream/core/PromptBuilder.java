package dev.ragstream.core;

import dev.ragstream.core.Ledger.Entry;
import dev.ragstream.core.Ledger.Outcome;
import dev.ragstream.core.Ledger.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    return new Draft(question, Fence.around(retrieval.passages())).prompt(retrieval);
  }

  /** One prompt in the making. */
  private final class Draft {

    private final Question question;
    private final String fence;
    private final int room = budget - reserve;
    private final int bare;
    private final List<Message> history;

    /** Most of a prompt is the same however many passages are in it. */
    private final Map<String, Integer> counted = new HashMap<>();

    Draft(Question question, String fence) {
      this.question = question;
      this.fence = fence;
      bare = tokens(List.of(), List.of());
      if (bare > room) {
        throw new FailureException(
            Failure.Kind.PROMPT_TOO_LONG,
            "the question and the template alone take "
                + bare
                + " tokens, and prompt.budget - prompt.reserve leaves "
                + room,
            "raise prompt.budget (--budget), or shorten the template or the question");
      }
      history = fittingHistory();
    }

    /**
     * The newest turns that fit into half of what is left; what the model needs most are the
     * passages. An answer never stays without what it answers.
     */
    private List<Message> fittingHistory() {
      int limit = bare + (room - bare) / 2;
      List<Message> turns = question.history();
      while (!turns.isEmpty() && tokens(turns, List.of()) > limit) {
        do {
          turns = turns.subList(1, turns.size());
        } while (!turns.isEmpty() && turns.getFirst().role() == Message.Role.ASSISTANT);
      }
      return turns;
    }

    Prompt prompt(Retrieval retrieval) {
      Packing packing = pack(retrieval);
      List<Message> messages = render(question.text(), history, packing.excerpts());
      while (count(messages) > room && !packing.excerpts().isEmpty()) {
        packing = packing.withoutLast();
        messages = render(question.text(), history, packing.excerpts());
      }
      return new Prompt(
          question,
          template.name(),
          messages,
          packing.excerpts(),
          fence,
          ledger(count(messages), packing.entries()));
    }

    /**
     * What a template leaves out costs nothing, so each part is what the prompt grows by with it.
     * The question costs at least its own tokens where it is shown, though its first one may have
     * taken the place of a space.
     */
    private Ledger ledger(int total, List<Entry> entries) {
      int passages = entries.stream().mapToInt(Entry::tokens).sum();
      int turns = tokens(history, List.of()) - bare;
      int growth = bare - count(render("", List.of(), List.of()));
      int asked = Math.min(shown(growth), total - turns - passages);
      return new Ledger(
          budget,
          reserve,
          total - turns - asked - passages,
          turns,
          question.history().size() - history.size(),
          asked,
          total,
          entries);
    }

    private int shown(int growth) {
      boolean isShown =
          !render("", List.of(), List.of()).equals(render(question.text(), List.of(), List.of()));
      return isShown ? Math.max(growth, counter.count(question.text())) : 0;
    }

    private Packing pack(Retrieval retrieval) {
      List<Entry> entries = new ArrayList<>();
      List<Excerpt> excerpts = new ArrayList<>();
      List<Shingles> seen = new ArrayList<>();
      int left = room;
      for (Passage passage : retrieval.passages()) {
        Excerpt whole = new Excerpt(passage, passage.chunk().text());
        int cost = cost(whole);
        if (entries.isEmpty()) {
          // All that is there but for the passage itself: history, and what introduces passages.
          left -= tokens(history, List.of(whole)) - cost;
        }
        Shingles shingles = Shingles.of(passage.chunk().searchableText());
        int twin = twin(shingles, seen);
        if (passage.score() < retrieval.options().minScore()) {
          entries.add(dropped(passage, cost, new Reason.BelowMinScore()));
        } else if (twin >= 0) {
          entries.add(
              dropped(passage, cost, new Reason.DuplicateOf(excerpts.get(twin).passage().n())));
        } else if (excerpts.size() >= retrieval.options().topK()) {
          entries.add(dropped(passage, cost, new Reason.BeyondTopK()));
        } else if (cost <= left) {
          entries.add(new Entry(passage, cost, cost, new Outcome.Kept()));
          excerpts.add(whole);
          seen.add(shingles);
          left -= cost;
        } else {
          Excerpt clipped = clip(whole, left);
          if (clipped.text().isEmpty()) {
            entries.add(dropped(passage, cost, new Reason.OverBudget()));
          } else {
            int clippedCost = cost(clipped);
            entries.add(new Entry(passage, cost, clippedCost, new Outcome.Clipped()));
            excerpts.add(clipped);
            seen.add(shingles);
            left -= clippedCost;
          }
        }
      }
      return new Packing(entries, excerpts);
    }

    /**
     * The longest run of whole sentences from the start that fits; no text where that is too
     * little.
     */
    private Excerpt clip(Excerpt whole, int limit) {
      StringBuilder text = new StringBuilder();
      Excerpt best = new Excerpt(whole.passage(), "");
      for (String sentence : Sentences.of(whole.text())) {
        text.append(sentence);
        Excerpt longer = new Excerpt(whole.passage(), text.toString().strip());
        if (cost(longer) > limit) {
          break;
        }
        best = longer;
      }
      boolean worthIt = counter.count(best.text()) >= SHORTEST_CLIP_TOKENS;
      return worthIt ? best : new Excerpt(whole.passage(), "");
    }

    /**
     * What the template makes of an excerpt, by what a second one adds: what introduces the
     * passages counts with the template.
     */
    private int cost(Excerpt excerpt) {
      return tokens(List.of(), List.of(excerpt, excerpt)) - tokens(List.of(), List.of(excerpt));
    }

    private int tokens(List<Message> turns, List<Excerpt> excerpts) {
      return count(render(question.text(), turns, excerpts));
    }

    private int count(List<Message> messages) {
      int sum = 0;
      for (Message message : messages) {
        sum += counted.computeIfAbsent(message.content(), counter::count);
      }
      return sum;
    }

    private List<Message> render(String asked, List<Message> turns, List<Excerpt> excerpts) {
      return template.render(new Template.Values(asked, turns, excerpts, fence));
    }
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

  private record Packing(List<Entry> entries, List<Excerpt> excerpts) {

    /** The same with the last excerpt dropped: tokens do not always add up to the token. */
    Packing withoutLast() {
      Excerpt last = excerpts.getLast();
      List<Entry> fewer =
          entries.stream()
              .map(entry ->
                  entry.passage().n() == last.passage().n()
                      ? dropped(entry.passage(), entry.fullTokens(), new Reason.OverBudget())
                      : entry)
              .toList();
      return new Packing(fewer, excerpts.subList(0, excerpts.size() - 1));
    }
  }
}
