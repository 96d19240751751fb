package dev.ragstream.render;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Chunk;
import dev.ragstream.core.Excerpt;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Filter;
import dev.ragstream.core.Ledger;
import dev.ragstream.core.Ledger.Outcome;
import dev.ragstream.core.Ledger.Reason;
import dev.ragstream.core.Message;
import dev.ragstream.core.Passage;
import dev.ragstream.core.Passage.Reranked;
import dev.ragstream.core.Passage.Standing;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Question;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.Timings;
import dev.ragstream.core.Unread;
import dev.ragstream.core.Usage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads back what {@link EventJson} writes, the events of one answer in their order: a prompt names
 * passages by the numbers of the retrieval before it. Fields that are not known are left alone;
 * what is missing or malformed is refused. What threw a failure does not come back.
 */
public final class EventReader {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Failure.Kind kind;
  private final String source;
  private List<Passage> retrieved = List.of();

  /**
   * @param kind of the failure that refuses an event
   * @param source what is read, as people are told: {@code the journal .ragstream/journal.db}
   */
  public EventReader(Failure.Kind kind, String source) {
    this.kind = kind;
    this.source = source;
  }

  /**
   * The event on one line.
   *
   * @throws FailureException where it is none
   */
  public AnswerEvent read(String json) {
    return read(tree(json));
  }

  /** The same from a tree. */
  public AnswerEvent read(JsonNode tree) {
    JsonObject event = new JsonObject(tree, "the event", this::refusal);
    String type = event.text("type");
    JsonObject named = new JsonObject(tree, type, this::refusal);
    return switch (type) {
      case "retrieved" -> new Retrieved(retrieval(named));
      case "prompt" -> new PromptBuilt(prompt(named));
      case "reasoning" -> new Reasoning(named.text("text"));
      case "text" -> new Text(named.text("text"));
      case "completed" ->
          new Completed(
              named.text("finishReason"),
              named.integers("citations"),
              usage(named),
              unread(named.objectOrNull("unread")),
              timings(named));
      case "cancelled" -> new Cancelled(timings(named));
      case "failed" -> new Failed(failure(named), timings(named));
      default -> throw refusal("the type '" + type + "' is not known");
    };
  }

  /** Messages as {@link EventJson#messages} writes them. */
  public List<Message> messages(String json) {
    JsonObject holder =
        new JsonObject(
            MAPPER.createObjectNode().set("messages", tree(json)), "the text", this::refusal);
    return holder.objects("messages", EventReader::message);
  }

  private JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw refusal("it is not JSON: " + e.getOriginalMessage());
    }
  }

  private Retrieval retrieval(JsonObject event) {
    Retrieval retrieval =
        new Retrieval(
            event.text("query"),
            options(event.object("options")),
            event.objects("passages", EventReader::passage),
            Duration.ofMillis(event.longInteger("millis")));
    retrieved = retrieval.passages();
    return retrieval;
  }

  private static Retrieval.Options options(JsonObject options) {
    return new Retrieval.Options(
        options.constant("mode", Retrieval.Mode.class),
        options.integer("topK"),
        options.integer("candidates"),
        options.has("minScore") ? options.number("minScore") : Double.NEGATIVE_INFINITY,
        new Filter(options.texts("where")));
  }

  private static Passage passage(JsonObject passage) {
    return new Passage(
        passage.integer("n"),
        new Chunk(
            passage.text("id"),
            passage.text("source"),
            passage.text("title"),
            passage.text("text"),
            passage.texts("metadata")),
        passage.number("score"),
        standing(passage.objectOrNull("lexical")),
        standing(passage.objectOrNull("vector")),
        reranked(passage.objectOrNull("rerank")));
  }

  private static @Nullable Reranked reranked(@Nullable JsonObject rerank) {
    return rerank == null
        ? null
        : new Reranked(rerank.integer("rank"), rerank.number("score"), rerank.integer("before"));
  }

  private static @Nullable Standing standing(@Nullable JsonObject standing) {
    return standing == null
        ? null
        : new Standing(standing.integer("rank"), standing.number("score"));
  }

  private Prompt prompt(JsonObject event) {
    String question = event.text("question");
    if (question.isBlank()) {
      throw event.unfit("question", "blank");
    }
    return new Prompt(
        new Question(question, event.objects("history", EventReader::message)),
        event.text("template"),
        event.objects("messages", EventReader::message),
        event.objects("excerpts", this::excerpt),
        event.text("fence"),
        ledger(event.object("ledger")));
  }

  private static Message message(JsonObject message) {
    return new Message(message.constant("role", Message.Role.class), message.text("content"));
  }

  private Excerpt excerpt(JsonObject excerpt) {
    Passage passage = passageOf(excerpt);
    return new Excerpt(
        passage, excerpt.has("text") ? excerpt.text("text") : passage.chunk().text());
  }

  private Ledger ledger(JsonObject ledger) {
    return new Ledger(
        ledger.integer("budget"),
        ledger.integer("reserve"),
        ledger.integer("template"),
        ledger.integer("history"),
        ledger.integer("droppedMessages"),
        ledger.integer("question"),
        ledger.integer("total"),
        ledger.objects("entries", this::entry));
  }

  private Ledger.Entry entry(JsonObject entry) {
    return new Ledger.Entry(
        passageOf(entry), entry.integer("fullTokens"), entry.integer("tokens"), outcome(entry));
  }

  private static Outcome outcome(JsonObject entry) {
    return switch (entry.text("outcome")) {
      case "kept" -> new Outcome.Kept();
      case "clipped" -> new Outcome.Clipped();
      case "dropped" -> new Outcome.Dropped(reason(entry));
      default -> throw entry.unfit("outcome", "neither kept, clipped nor dropped");
    };
  }

  private static Reason reason(JsonObject entry) {
    return switch (entry.text("reason")) {
      case "budget" -> new Reason.OverBudget();
      case "duplicate" -> new Reason.DuplicateOf(entry.integer("duplicateOf"));
      case "min_score" -> new Reason.BelowMinScore();
      case "top_k" -> new Reason.BeyondTopK();
      default -> throw entry.unfit("reason", "not known");
    };
  }

  private Passage passageOf(JsonObject numbered) {
    int n = numbered.integer("n");
    return retrieved.stream()
        .filter(passage -> passage.n() == n)
        .findFirst()
        .orElseThrow(() -> numbered.unfit("n", n + ", a passage that was not retrieved"));
  }

  private static Usage usage(JsonObject event) {
    JsonObject usage = event.objectOrNull("usage");
    return usage == null
        ? Usage.UNKNOWN
        : new Usage(usage.integer("promptTokens"), usage.integer("completionTokens"));
  }

  private static @Nullable Unread unread(@Nullable JsonObject unread) {
    return unread == null
        ? null
        : new Unread(unread.integer("sent"), unread.integer("read"), unread.integers("passages"));
  }

  private static Failure failure(JsonObject event) {
    return new Failure(
        event.constant("kind", Failure.Kind.class), event.text("problem"), event.text("remedy"));
  }

  private static Timings timings(JsonObject event) {
    JsonObject timings = event.object("timings");
    return new Timings(
        timings.longInteger("retrievalMillis"),
        timings.has("firstTextMillis") ? timings.longInteger("firstTextMillis") : -1,
        timings.longInteger("totalMillis"));
  }

  private FailureException refusal(String why) {
    return new FailureException(
        kind,
        "%s holds what is no event: %s".formatted(source, why),
        "it was changed by hand, or written by another version; make it anew");
  }
}
