package dev.ragstream.server;

import dev.ragstream.core.Passage;
import dev.ragstream.render.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the older services put around everything that they say over HTTP. */
final class Envelope {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int SUMMARY = 120;

  private Envelope() {}

  static String success(JsonNode data) {
    ObjectNode envelope = NODES.objectNode().put("code", "0").put("msg", "success");
    envelope.set("data", data);
    return JsonText.line(envelope);
  }

  static String failure(Refusal refusal) {
    return failure(refusal.failure().problem() + "; " + refusal.failure().remedy());
  }

  static String failure(String why) {
    ObjectNode envelope = NODES.objectNode().put("code", "1").put("msg", "failure");
    envelope.putObject("data").put("result", why);
    return JsonText.line(envelope);
  }

  /** A list, and the id that the answer is logged by. */
  static ObjectNode result(ArrayNode result, String logId) {
    ObjectNode data = NODES.objectNode();
    data.set("result", result);
    return data.put("logId", logId);
  }

  /**
   * A piece of an answer.
   *
   * @param cited what it stands on
   * @param ext null: nothing
   */
  static ObjectNode piece(
      String question, String answer, List<Passage> cited, @Nullable ObjectNode ext, String logId) {
    ObjectNode data = NODES.objectNode();
    data.putArray("result").addObject().put("question", question).put("answer", answer);
    ArrayNode cards = data.putArray("card");
    cited.forEach(passage -> cards.add(card(passage)));
    data.set("ext", ext == null ? NODES.nullNode() : ext);
    return data.put("logId", logId);
  }

  private static ObjectNode card(Passage passage) {
    String source = passage.chunk().source();
    String title = passage.chunk().title();
    String text = passage.chunk().text();
    ObjectNode card = NODES.objectNode().put("type", "source");
    card.putObject("data")
        .put("title", title.isEmpty() ? source : title)
        .put("summary", text.substring(0, text.offsetByCodePoints(0, shown(text))))
        .put("content", text);
    card.putObject("actions")
        .put("type", "open_url")
        .put("text", source)
        .put("url", source.matches("https?://.*") ? source : "");
    return card;
  }

  private static int shown(String text) {
    return Math.min(SUMMARY, text.codePointCount(0, text.length()));
  }
}
