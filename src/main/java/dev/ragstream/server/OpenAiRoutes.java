package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Message;
import dev.ragstream.core.Passage;
import dev.ragstream.core.Question;
import dev.ragstream.render.JsonText;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI's chat completions, so that any client of theirs works. The last user message is the
 * question, what stands before it the history; system messages are not heard, since the template
 * has its own.
 */
record OpenAiRoutes(Desk desk) {

  /** Stands for whichever model the settings name. */
  private static final String OURS = "ragstream";

  private static final String MESSAGES = "messages";

  void addTo(RoutesConfig routes) {
    Routes.add(
        routes, HandlerType.POST, "/v1/chat/completions", OpenAiShape::error, this::complete);
    Routes.add(routes, HandlerType.GET, "/v1/models", OpenAiShape::error, this::models);
    Routes.add(routes, HandlerType.GET, "/v1/models/<id>", OpenAiShape::error, this::model);
  }

  private void models(Context ctx) {
    ObjectNode object = JsonNodeFactory.instance.objectNode().put("object", "list");
    ArrayNode data = object.putArray("data");
    names().forEach(name -> data.add(model(name)));
    ctx.contentType("application/json").result(JsonText.line(object));
  }

  private void model(Context ctx) {
    String name = ctx.pathParam("id");
    if (!names().contains(name)) {
      throw noModel(name);
    }
    ctx.contentType("application/json").result(JsonText.line(model(name)));
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(List.of(OURS));
    names.addAll(desk.backend().models());
    return names;
  }

  private static ObjectNode model(String name) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", name)
        .put("object", "model")
        .put("created", 0)
        .put("owned_by", OURS);
  }

  private static RefusedException noModel(String name) {
    return new Refusal(404, "there is no model '" + name + "' here", "choose one of GET /v1/models")
        .about(OpenAiShape.MODEL)
        .exception();
  }

  private void complete(Context ctx) throws IOException, InterruptedException {
    Body body = desk.body(ctx);
    String model = body.text(OpenAiShape.MODEL);
    if (model != null && !names().contains(model)) {
      throw noModel(model);
    }
    Asked asked =
        new Asked(
                question(body),
                Asked.choice(body, OURS.equals(model) ? null : model, OpenAiOptions.of(body)),
                body.text("orgId"),
                false,
                Rehearsal.of(body.text("rehearse")))
            .withOrganisation(Routes.organisation(ctx));
    String id = "chatcmpl-" + UUID.randomUUID().toString().replace("-", "");
    long created = Instant.now().getEpochSecond();
    String name = model == null ? OURS : model;
    UsedTokens used = new UsedTokens(desk.backend().tokens());
    if (body.flag("stream", false)) {
      JsonNode options = body.object().path("stream_options");
      boolean wanted = options.path("include_usage").asBoolean(false);
      ChatChunks chunks = new ChatChunks(id, created, name);
      desk.stream(ctx, asked, new ChatCompletions(chunks, wanted ? used : null), _ -> {});
    } else {
      Whole whole = new Whole(used);
      Ending ending = desk.whole(ctx, asked, whole);
      switch (ending) {
        case Completed completed ->
            ctx.contentType("application/json")
                .result(JsonText.line(whole.object(id, created, name, completed)));
        case Failed failed -> throw OpenAiShape.refusal(failed).exception();
        case Cancelled _ ->
            throw new Refusal(503, "the answer was cancelled", "ask again").exception();
        case null -> {}
      }
    }
  }

  private static Question question(Body body) {
    JsonNode messages = body.object().path(MESSAGES);
    if (!messages.isArray() || messages.isEmpty()) {
      throw Body.invalid("there are no 'messages'", MESSAGES);
    }
    List<Message> turns = new ArrayList<>();
    for (JsonNode message : messages) {
      String text = MessageText.of(message.path("content"));
      switch (message.path("role").asString("")) {
        case "user" -> turns.add(new Message(Message.Role.USER, text));
        case "assistant" -> turns.add(new Message(Message.Role.ASSISTANT, text));
        case "system", "developer", "tool" -> {}
        default -> throw Body.invalid("a message has an unknown 'role'", MESSAGES);
      }
    }
    if (turns.isEmpty() || turns.getLast().role() != Message.Role.USER) {
      throw Body.invalid("the last message is not the user's", MESSAGES);
    }
    String asked = turns.removeLast().content();
    if (asked.isBlank()) {
      throw Body.invalid("the last message is blank", MESSAGES);
    }
    return new Question(asked, turns);
  }

  /** Gathers an answer that is not streamed. */
  private static final class Whole implements Consumer<AnswerEvent> {

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final UsedTokens used;
    private List<Passage> shown = List.of();

    Whole(UsedTokens used) {
      this.used = used;
    }

    @Override
    public void accept(AnswerEvent event) {
      used.accept(event);
      if (event instanceof Text(String piece)) {
        text.append(piece);
      } else if (event instanceof Reasoning(String piece)) {
        reasoning.append(piece);
      } else if (event instanceof PromptBuilt built) {
        shown = built.prompt().ledger().shown();
      }
    }

    ObjectNode object(String id, long created, String model, Completed completed) {
      ObjectNode object =
          JsonNodeFactory.instance
              .objectNode()
              .put("id", id)
              .put("object", "chat.completion")
              .put("created", created)
              .put("model", model);
      ObjectNode choice = object.putArray("choices").addObject().put("index", 0);
      ObjectNode message =
          choice.putObject("message").put("role", "assistant").put("content", text.toString());
      if (!reasoning.isEmpty()) {
        message.put("reasoning_content", reasoning.toString());
      }
      choice.put("finish_reason", completed.finishReason());
      object.set("usage", OpenAiShape.usage(used.of(completed)));
      object.set("ragstream", ChatCompletions.sources(shown, completed));
      return object;
    }
  }
}
