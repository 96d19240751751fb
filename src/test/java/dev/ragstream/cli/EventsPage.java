package dev.ragstream.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * docs/reference/events.md: what each event says, beside the golden file that fixes its spelling.
 */
final class EventsPage {

  private static final String HEAD =
      """
      # Events

      An answer is a stream of events: `retrieved`, `prompt`, any number of `reasoning` and `text`, and exactly one ending (`completed`,
      `cancelled` or `failed`), always last. `ragstream ask --json` prints one object per line. `ragstream serve` sends the same objects: over SSE as the
      `data` of an event whose `event` is the type and whose `id` is its number, over a WebSocket as a frame that also holds the run's id
      as `run`, and the `id` that the question had, if any.

      The examples below are the golden files of the tests. Fields may be added in a later version; none changes its meaning.
      Times are in milliseconds, tokens are those of `prompt.tokens`, passages are counted from 1.
      """;

  /** What is to be known beyond the names of the fields, by golden file. */
  private static final Map<String, String> EVENTS = events();

  private EventsPage() {}

  private static Map<String, String> events() {
    Map<String, String> events = new LinkedHashMap<>();
    events.put(
        "retrieved",
        """
        The passages that were found, best first: up to twice `retrieval.topK`, as near misses belong to the ledger. `score` is the fused score
        (hybrid: the sum of reciprocal ranks, 1 / (60 + rank)); `lexical` (BM25) and `vector` (cosine) stand where that ranking has the passage,
        `rerank` where a reranker put it in order, with its rank `before`. `query` is what was looked for, `options` how.
        """);
    events.put(
        "prompt",
        """
        The messages that the model is sent, word for word, and the ledger: where each token of `total` goes (`template`, `history`, `question`,
        `passages`), what the budget is and what of it is kept for the answer (`reserve`). Each entry tells what became of a passage of
        `retrieved`: `kept`, `clipped` or `dropped`, and why (`budget`, `duplicate`, `min_score`, `top_k`); `fullTokens` is what it would take
        whole. `fence` is the code of the delimiters around passages.
        """);
    events.put("reasoning", "A piece of what the model thinks aloud. Whole characters.\n");
    events.put("text", "A piece of the answer. Whole characters.\n");
    events.put(
        "completed",
        """
        The answer is whole. `finishReason` is `stop`, `length`, or the model's own word; `citations` are the passages that it cites, in the
        order of their first mention; `usage` is what the model's server counted, where it did. `firstTextMillis` is the time to the first text,
        reasoning not counted.
        """);
    events.put(
        "completed-unread",
        "`unread` stands where the model's server read less of the prompt than it was sent.\n");
    events.put("cancelled", "Somebody stopped it; what came before stands.\n");
    events.put(
        "failed",
        """
        Something failed; what came before stands. `problem` says what, `remedy` what to do about it, `kind` is for programs: see
        [exit codes](exit-codes.md).
        """);
    return events;
  }

  static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    EVENTS.forEach((golden, words) -> {
      if (!golden.contains("-")) {
        page.append("\n## ").append(golden).append('\n');
      }
      page.append('\n').append(words).append("\n```json\n").append(json(golden)).append("```\n");
    });
    return page.toString();
  }

  private static String json(String golden) {
    String name = "/dev/ragstream/render/" + golden + ".json";
    try (InputStream in = Objects.requireNonNull(EventsPage.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
