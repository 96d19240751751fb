package dev.ragstream.server;

import dev.ragstream.core.Message;
import dev.ragstream.core.Question;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** {@code POST /api/chat}, which {@code useChat} of the Vercel AI SDK asks by default. */
record UiMessageRoutes(Desk desk) {

  void addTo(RoutesConfig routes) {
    Routes.add(routes, HandlerType.POST, "/api/chat", Refusals.NATIVE, this::chat);
  }

  private void chat(Context ctx) throws IOException, InterruptedException {
    Body body = desk.body(ctx);
    Asked asked =
        new Asked(
                question(body.object().path("messages")),
                Asked.choice(body, body.text("model")),
                body.text("orgId"),
                false,
                Rehearsal.of(body.text("rehearse")))
            .withOrganisation(Routes.organisation(ctx));
    ctx.header("x-vercel-ai-ui-message-stream", "v1");
    desk.stream(ctx, asked, new UiMessages(UUID.randomUUID().toString()), _ -> {});
  }

  private static Question question(JsonNode messages) {
    List<Message> turns = new ArrayList<>();
    for (JsonNode message : messages) {
      String text =
          MessageText.of(message.has("parts") ? message.path("parts") : message.path("content"));
      switch (message.path("role").asString("")) {
        case "user" -> turns.add(new Message(Message.Role.USER, text));
        case "assistant" -> turns.add(new Message(Message.Role.ASSISTANT, text));
        default -> {}
      }
    }
    if (turns.isEmpty()
        || turns.getLast().role() != Message.Role.USER
        || turns.getLast().content().isBlank()) {
      throw Body.invalid("the last of 'messages' is not the user's, or has no text");
    }
    return new Question(turns.removeLast().content(), turns);
  }
}
