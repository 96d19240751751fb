package dev.ragstream.render;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Ledger;
import dev.ragstream.core.Message;
import dev.ragstream.core.Passage;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.Timings;
import dev.ragstream.core.Usage;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON spelling of events: one object each, {@code type} first. The command line, SSE and
 * WebSocket share it, and programs rely on it: fields are added, never renamed.
 */
public final class EventJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private EventJson() {}

  /** An event on one line. */
  public static String line(AnswerEvent event) {
    return JsonText.line(object(event));
  }

  /** An event as a tree. */
  public static ObjectNode object(AnswerEvent event) {
    return switch (event) {
      case Retrieved(Retrieval retrieval) -> retrieved(retrieval);
      case PromptBuilt(Prompt prompt) -> prompt(prompt);
      case Reasoning(String text) -> type("reasoning").put("text", text);
      case Text(String text) -> type("text").put("text", text);
      case Completed completed -> completed(completed);
      case Cancelled(Timings timings) -> timings(type("cancelled"), timings);
      case Failed failed -> failed(failed);
    };
  }

  /** What was found, as the event spells it. */
  public static ObjectNode retrieved(Retrieval retrieval) {
    ObjectNode node = type("retrieved");
    ArrayNode passages = node.putArray("passages");
    retrieval.passages().forEach(passage -> passages.add(passage(passage)));
    return node.put("millis", retrieval.took().toMillis());
  }

  /** What the model is sent and the ledger, as the event spells them. */
  public static ObjectNode prompt(Prompt prompt) {
    ObjectNode node = type("prompt").put("template", prompt.template());
    node.set("messages", messages(prompt));
    node.set("ledger", ledger(prompt.ledger()));
    return node;
  }

  private static ArrayNode messages(Prompt prompt) {
    ArrayNode messages = NODES.arrayNode();
    for (Message message : prompt.messages()) {
      messages.addObject().put("role", lower(message.role())).put("content", message.content());
    }
    return messages;
  }

  private static ObjectNode passage(Passage passage) {
    ObjectNode node =
        NODES
            .objectNode()
            .put("n", passage.n())
            .put("id", passage.chunk().id())
            .put("source", passage.chunk().source())
            .put("title", passage.chunk().title())
            .put("text", passage.chunk().text())
            .put("score", passage.score());
    standing(node, "lexical", passage.lexical());
    standing(node, "vector", passage.vector());
    ObjectNode metadata = node.putObject("metadata");
    passage.chunk().metadata().forEach(metadata::put);
    return node;
  }

  private static void standing(ObjectNode node, String name, Passage.@Nullable Standing standing) {
    if (standing != null) {
      node.putObject(name).put("rank", standing.rank()).put("score", standing.score());
    }
  }

  private static ObjectNode ledger(Ledger ledger) {
    ObjectNode node =
        NODES
            .objectNode()
            .put("budget", ledger.budget())
            .put("reserve", ledger.reserve())
            .put("template", ledger.template())
            .put("history", ledger.history())
            .put("droppedMessages", ledger.droppedMessages())
            .put("question", ledger.question())
            .put("passages", ledger.passages())
            .put("total", ledger.total());
    ArrayNode entries = node.putArray("entries");
    for (Ledger.Entry entry : ledger.entries()) {
      ObjectNode line =
          entries
              .addObject()
              .put("n", entry.passage().n())
              .put("id", entry.passage().chunk().id())
              .put("fullTokens", entry.fullTokens())
              .put("tokens", entry.tokens());
      outcome(line, entry.outcome());
    }
    return node;
  }

  private static void outcome(ObjectNode line, Ledger.Outcome outcome) {
    switch (outcome) {
      case Ledger.Outcome.Kept() -> line.put("outcome", "kept");
      case Ledger.Outcome.Clipped() -> line.put("outcome", "clipped");
      case Ledger.Outcome.Dropped(Ledger.Reason reason) -> {
        line.put("outcome", "dropped");
        switch (reason) {
          case Ledger.Reason.OverBudget() -> line.put("reason", "budget");
          case Ledger.Reason.DuplicateOf(int n) ->
              line.put("reason", "duplicate").put("duplicateOf", n);
          case Ledger.Reason.BelowMinScore() -> line.put("reason", "min_score");
          case Ledger.Reason.BeyondTopK() -> line.put("reason", "top_k");
        }
      }
    }
  }

  private static ObjectNode completed(Completed completed) {
    ObjectNode node = type("completed").put("finishReason", completed.finishReason());
    ArrayNode citations = node.putArray("citations");
    completed.citations().forEach(citations::add);
    Usage usage = completed.usage();
    if (!usage.equals(Usage.UNKNOWN)) {
      node.putObject("usage")
          .put("promptTokens", usage.promptTokens())
          .put("completionTokens", usage.completionTokens());
    }
    return timings(node, completed.timings());
  }

  private static ObjectNode failed(Failed failed) {
    ObjectNode node =
        type("failed")
            .put("kind", failed.failure().kind().wireName())
            .put("problem", failed.failure().problem())
            .put("remedy", failed.failure().remedy());
    return timings(node, failed.timings());
  }

  private static ObjectNode timings(ObjectNode node, Timings timings) {
    ObjectNode object = node.putObject("timings");
    object.put("retrievalMillis", timings.retrievalMillis());
    if (timings.firstTextMillis() >= 0) {
      object.put("firstTextMillis", timings.firstTextMillis());
    }
    object.put("totalMillis", timings.totalMillis());
    return node;
  }

  private static ObjectNode type(String name) {
    return NODES.objectNode().put("type", name);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
