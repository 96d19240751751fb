package dev.ragstream.render;

import dev.ragstream.core.Chunk;
import dev.ragstream.core.Excerpt;
import dev.ragstream.core.Filter;
import dev.ragstream.core.Ledger;
import dev.ragstream.core.Ledger.Entry;
import dev.ragstream.core.Ledger.Outcome;
import dev.ragstream.core.Ledger.Reason;
import dev.ragstream.core.Message;
import dev.ragstream.core.Message.Role;
import dev.ragstream.core.Passage;
import dev.ragstream.core.Passage.Reranked;
import dev.ragstream.core.Passage.Standing;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Question;
import dev.ragstream.core.Retrieval;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What was found and sent for one question. */
final class Answers {

  static final Passage TODAY =
      new Passage(
          1,
          new Chunk(
              "weather/today.md#0",
              "weather/today.md",
              "Today › North",
              "Rain from noon.\nTake an umbrella.",
              Map.of("type", "md", "lang", "en")),
          1 / 62.0 + 1 / 61.0,
          new Standing(2, 7.125),
          new Standing(1, 0.83));

  static final Passage CHINESE =
      new Passage(
          2,
          new Chunk("weather/今天.md#3", "weather/今天.md", "", "中午有雨。", Map.of()),
          1 / 61.0,
          new Standing(1, 12.5),
          null);

  static final Passage OLD =
      new Passage(
          3,
          new Chunk("old.csv#17", "old.csv", "Old bulletin", "=1+1 | <b>dry</b>", Map.of()),
          1 / 62.0,
          null,
          new Standing(2, -0.0625));

  /** {@link #OLD}, which a reranker put first. */
  static final Passage RERANKED =
      new Passage(
          1, OLD.chunk(), OLD.score(), OLD.lexical(), OLD.vector(), new Reranked(1, 0.9375, 3));

  static final Retrieval RETRIEVAL = retrieval(Retrieval.Mode.HYBRID, TODAY, CHINESE, OLD);

  static final Prompt PROMPT =
      new Prompt(
          new Question("Should I carry an umbrella?"),
          "default",
          List.of(
              new Message(Role.SYSTEM, "Answer from the passages."),
              new Message(Role.USER, "Should I carry an umbrella?")),
          List.of(excerpt(TODAY), excerpt(CHINESE)),
          "0badc0de",
          new Ledger(
              4096,
              1024,
              60,
              25,
              2,
              6,
              291,
              List.of(
                  new Entry(TODAY, 120, 120, new Outcome.Kept()),
                  new Entry(CHINESE, 150, 80, new Outcome.Clipped()),
                  dropped(OLD, 90, new Reason.OverBudget()),
                  dropped(renumbered(OLD, 4), 90, new Reason.DuplicateOf(1)),
                  dropped(renumbered(OLD, 5), 90, new Reason.BelowMinScore()),
                  dropped(renumbered(OLD, 16), 90, new Reason.BeyondTopK()))));

  /** One whose ledger knows {@link #RETRIEVAL} alone. */
  static final Prompt SMALL_PROMPT =
      new Prompt(
          new Question(
              "Should I carry an umbrella?", List.of(new Message(Role.USER, "Good morning"))),
          "default",
          PROMPT.messages(),
          List.of(excerpt(TODAY), new Excerpt(CHINESE, "中午")),
          "0badc0de",
          new Ledger(4096, 1024, 60, 25, 2, 6, 291, PROMPT.ledger().entries().subList(0, 3)));

  private Answers() {}

  static Retrieval retrieval(Retrieval.Mode mode, Passage... passages) {
    return new Retrieval(
        "umbrella",
        new Retrieval.Options(mode, 5, 50, 0, Filter.NONE),
        List.of(passages),
        Duration.ofMillis(12));
  }

  static Passage renumbered(Passage passage, int n) {
    return new Passage(n, passage.chunk(), passage.score(), passage.lexical(), passage.vector());
  }

  private static Excerpt excerpt(Passage passage) {
    return new Excerpt(passage, passage.chunk().text());
  }

  private static Entry dropped(Passage passage, int cost, Reason reason) {
    return new Entry(passage, cost, 0, new Outcome.Dropped(reason));
  }
}
