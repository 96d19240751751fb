package dev.ragstream.render;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Excerpt;
import dev.ragstream.core.Failure;
import dev.ragstream.core.Ledger;
import dev.ragstream.core.Message;
import dev.ragstream.core.Passage;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.Timings;
import dev.ragstream.core.Unread;
import dev.ragstream.core.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON spelling of events: one object each, {@code type} first. The command line, SSE and
 * WebSocket share it, and programs rely on it: fields are added, never renamed. {@link EventReader}
 * reads it back.
 */
public final class EventJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final byte[] END = {'}'};

  private static final byte[] TEXT = start("text");
  private static final byte[] REASONING = start("reasoning");

  private EventJson() {}

  /** An event on one line. */
  public static String line(AnswerEvent event) {
    return JsonText.line(object(event));
  }

  /** Appends an event; the same bytes as {@link #line}, without a tree for what comes often. */
  public static void write(AnswerEvent event, JsonBytes out) {
    switch (event) {
      case Text(String text) -> out.raw(TEXT).string(text).raw(END);
      case Reasoning(String text) -> out.raw(REASONING).string(text).raw(END);
      case Retrieved _, PromptBuilt _, Completed _, Cancelled _, Failed _ -> out.raw(line(event));
    }
  }

  /** The event's {@code type}. */
  public static String type(AnswerEvent event) {
    return switch (event) {
      case Retrieved _ -> "retrieved";
      case PromptBuilt _ -> "prompt";
      case Reasoning _ -> "reasoning";
      case Text _ -> "text";
      case Completed _ -> "completed";
      case Cancelled _ -> "cancelled";
      case Failed _ -> "failed";
    };
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
      case Failed failed -> timings(failure(failed.failure()), failed.timings());
    };
  }

  /** What was found, as the event spells it. */
  public static ObjectNode retrieved(Retrieval retrieval) {
    ObjectNode node = type("retrieved");
    node.set("passages", passages(retrieval.passages()));
    node.put("millis", retrieval.took().toMillis()).put("query", retrieval.query());
    node.set("options", options(retrieval.options()));
    return node;
  }

  private static ObjectNode options(Retrieval.Options options) {
    ObjectNode node =
        NODES
            .objectNode()
            .put("mode", lower(options.mode()))
            .put("topK", options.topK())
            .put("candidates", options.candidates());
    if (options.minScore() != Double.NEGATIVE_INFINITY) {
      node.put("minScore", options.minScore());
    }
    ObjectNode where = node.putObject("where");
    options.where().required().forEach(where::put);
    return node;
  }

  /** What the model is sent and the ledger, as the event spells them. */
  public static ObjectNode prompt(Prompt prompt) {
    ObjectNode node = type("prompt").put("template", prompt.template());
    node.set("messages", messages(prompt.messages()));
    node.set("ledger", ledger(prompt.ledger()));
    node.put("question", prompt.question().text());
    node.set("history", messages(prompt.question().history()));
    ArrayNode excerpts = node.putArray("excerpts");
    prompt.excerpts().forEach(excerpt -> excerpts.add(excerpt(excerpt)));
    return node.put("fence", prompt.fence());
  }

  /** Messages with their roles in lower case. */
  public static ArrayNode messages(List<Message> messages) {
    ArrayNode array = NODES.arrayNode();
    for (Message message : messages) {
      array.addObject().put("role", lower(message.role())).put("content", message.content());
    }
    return array;
  }

  /** The text only where it is not the whole passage. */
  private static ObjectNode excerpt(Excerpt excerpt) {
    ObjectNode node = NODES.objectNode().put("n", excerpt.passage().n());
    if (!excerpt.text().equals(excerpt.passage().chunk().text())) {
      node.put("text", excerpt.text());
    }
    return node;
  }

  /** Passages as {@code retrieved} has them. */
  public static ArrayNode passages(List<Passage> passages) {
    ArrayNode list = NODES.arrayNode();
    passages.forEach(passage -> list.add(passage(passage)));
    return list;
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
    Passage.Reranked rerank = passage.rerank();
    if (rerank != null) {
      node.putObject("rerank")
          .put("rank", rerank.rank())
          .put("score", rerank.score())
          .put("before", rerank.before());
    }
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
    Unread unread = completed.unread();
    if (unread != null) {
      node.set("unread", unread(unread));
    }
    return timings(node, completed.timings());
  }

  /** What a model's server did not read of the prompt, as the event spells it. */
  public static ObjectNode unread(Unread unread) {
    ObjectNode node = NODES.objectNode().put("sent", unread.sent()).put("read", unread.read());
    ArrayNode passages = node.putArray("passages");
    unread.passages().forEach(passages::add);
    return node.put("problem", unread.problem()).put("remedy", unread.remedy());
  }

  /** Why something did not work, as the event spells it; for what fails before there is a run. */
  public static ObjectNode failure(Failure failure) {
    return type("failed")
        .put("kind", failure.kind().wireName())
        .put("problem", failure.problem())
        .put("remedy", failure.remedy());
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

  private static byte[] start(String type) {
    return ("{\"type\":\"" + type + "\",\"text\":").getBytes(StandardCharsets.US_ASCII);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
