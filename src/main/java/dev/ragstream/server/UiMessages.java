package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Passage;
import dev.ragstream.render.EventJson;
import dev.ragstream.render.JsonBytes;
import dev.ragstream.render.JsonText;
import java.time.Duration;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer as the Vercel AI SDK's {@code useChat} reads it: a message of parts, each begun, filled
 * and ended. Its sources are the passages that the model sees.
 */
final class UiMessages implements Dialect {

  private static final String DATA = "data: ";
  private static final String END = "\n\n";

  private final String message;
  private Part open = Part.NONE;

  /**
   * @param message the id of the message that the answer becomes
   */
  UiMessages(String message) {
    this.message = message;
  }

  private enum Part {
    NONE,
    REASONING,
    TEXT
  }

  /** Servers refuse at once, and sources should not be late. */
  @Override
  public Duration holdsBack() {
    return Duration.ofSeconds(1);
  }

  @Override
  public void begin(JsonBytes out) {
    data(type("start").put("messageId", message), out);
    data(type("start-step"), out);
  }

  @Override
  public void spell(long sequence, AnswerEvent event, JsonBytes out) {
    switch (event) {
      case Retrieved retrieved -> {
        ObjectNode found = type("data-retrieved");
        data(found.set("data", EventJson.retrieved(retrieved.retrieval())), out);
      }
      case PromptBuilt built -> {
        for (Passage passage : built.prompt().ledger().shown()) {
          data(source(passage), out);
        }
      }
      case Reasoning(String piece) -> delta(Part.REASONING, piece, out);
      case Text(String piece) -> delta(Part.TEXT, piece, out);
      case Completed _ -> {
        turnTo(Part.NONE, out);
        data(type("finish-step"), out);
        data(type("finish"), out);
        done(out);
      }
      case Cancelled _ -> {
        turnTo(Part.NONE, out);
        data(type("abort"), out);
        done(out);
      }
      case Failed failed -> {
        turnTo(Part.NONE, out);
        data(
            type("error")
                .put("errorText", failed.failure().problem() + "; " + failed.failure().remedy()),
            out);
        done(out);
      }
    }
  }

  private static ObjectNode source(Passage passage) {
    String title = passage.chunk().title();
    return type("source-document")
        .put("sourceId", passage.chunk().id())
        .put("mediaType", "text/plain")
        .put("title", title.isEmpty() ? passage.chunk().source() : title);
  }

  private void delta(Part part, String piece, JsonBytes out) {
    turnTo(part, out);
    out.raw(DATA)
        .raw("{\"type\":\"")
        .raw(name(part))
        .raw("-delta\",\"id\":\"")
        .raw(name(part))
        .raw("\",\"delta\":")
        .string(piece)
        .raw("}")
        .raw(END);
  }

  private void turnTo(Part part, JsonBytes out) {
    if (part == open) {
      return;
    }
    if (open != Part.NONE) {
      data(type(name(open) + "-end").put("id", name(open)), out);
    }
    if (part != Part.NONE) {
      data(type(name(part) + "-start").put("id", name(part)), out);
    }
    open = part;
  }

  private static String name(Part part) {
    return part == Part.REASONING ? "reasoning" : "text";
  }

  private static ObjectNode type(String name) {
    return JsonNodeFactory.instance.objectNode().put("type", name);
  }

  private static void data(ObjectNode object, JsonBytes out) {
    out.raw(DATA).raw(JsonText.line(object)).raw(END);
  }

  private static void done(JsonBytes out) {
    out.raw(DATA).raw("[DONE]").raw(END);
  }
}
