package dev.ragstream.cassette;

import dev.ragstream.cassette.Answer.InProcess;
import dev.ragstream.cassette.Answer.OverHttp;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.render.EventJson;
import dev.ragstream.upstream.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lines of a run, in order: {@code run}, {@code retrieved}, {@code prompt}; for an answer in
 * process its {@code text} and {@code reasoning}, for one over HTTP {@code request}, {@code
 * response}, {@code bytes} and {@code end}; last the run's ending. {@link RunReader} reads them.
 */
final class RunJson {

  static final String TYPE = "type";
  static final String RUN = "run";
  static final String REQUEST = "request";
  static final String RESPONSE = "response";
  static final String END = "end";

  private RunJson() {}

  /**
   * @param redaction of every text in them, should a secret have got there
   */
  static List<ObjectNode> lines(Run run, Redaction redaction) {
    List<ObjectNode> lines = lines(run);
    if (!redaction.hidden().isEmpty()) {
      lines.forEach(line -> redact(line, redaction));
    }
    return lines;
  }

  private static void redact(JsonNode node, Redaction redaction) {
    switch (node) {
      case ObjectNode object ->
          object.properties().stream()
              .filter(field -> !field.getKey().equals(TYPE))
              .forEach(field -> field.setValue(redacted(field.getValue(), redaction)));
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          array.set(i, redacted(array.get(i), redaction));
        }
      }
      default -> {}
    }
  }

  private static JsonNode redacted(JsonNode value, Redaction redaction) {
    if (value.isString()) {
      return JsonNodeFactory.instance.stringNode(redaction.apply(value.stringValue()));
    }
    redact(value, redaction);
    return value;
  }

  private static List<ObjectNode> lines(Run run) {
    List<ObjectNode> lines = new ArrayList<>();
    lines.add(
        type(RUN)
            .put("recorded", run.recorded().toString())
            .put("model", run.model())
            .put("question", run.question()));
    lines.add(EventJson.object(new Retrieved(run.retrieval())));
    lines.add(EventJson.object(new PromptBuilt(run.prompt())));
    switch (run.answer()) {
      case InProcess answer ->
          answer
              .pieces()
              .forEach(piece -> lines.add(EventJson.object(piece.event()).put("at", piece.at())));
      case OverHttp answer -> addHttp(lines, answer);
    }
    lines.add(EventJson.object(run.ending()));
    return lines;
  }

  private static void addHttp(List<ObjectNode> lines, OverHttp answer) {
    Answer.Request request = answer.request();
    ObjectNode asked =
        type(REQUEST)
            .put("method", request.method())
            .put("url", request.url().toString())
            .put("baseUrl", request.baseUrl().toString());
    asked.set("body", request.body().deepCopy());
    lines.add(asked);
    Answer.Response response = answer.response();
    if (response != null) {
      lines.add(
          type(RESPONSE)
              .put("at", response.at())
              .put("status", response.status())
              .put("contentType", response.contentType()));
    }
    answer.chunks().forEach(chunk -> lines.addAll(ChunkText.lines(chunk)));
    Answer.End end = answer.end();
    ObjectNode last =
        type(END).put("at", end.at()).put("how", end.how().name().toLowerCase(Locale.ROOT));
    if (end.how() == Answer.How.STALLED) {
      last.put("silentMillis", end.silence().toMillis());
    }
    lines.add(last);
  }

  private static ObjectNode type(String name) {
    return JsonNodeFactory.instance.objectNode().put(TYPE, name);
  }
}
