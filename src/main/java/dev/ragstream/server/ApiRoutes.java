package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Retrieval;
import dev.ragstream.render.EventJson;
import dev.ragstream.render.JsonText;
import dev.ragstream.server.Backend.Measured;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The steps of the pipeline one by one, and a whole answer at once, as JSON. */
record ApiRoutes(Desk desk) {

  void addTo(RoutesConfig routes) {
    Routes.add(routes, HandlerType.POST, "/api/search", Refusals.NATIVE, this::search);
    Routes.add(routes, HandlerType.POST, "/api/prompt", Refusals.NATIVE, this::prompt);
    Routes.add(routes, HandlerType.POST, "/api/ask", Refusals.NATIVE, this::ask);
  }

  private void search(Context ctx) throws IOException {
    Asked asked = asked(ctx);
    try (Measured measured = desk.measured(asked, ctx.ip())) {
      Retrieval found = measured.search(asked.question().text());
      desk.metrics().retrieved(found.took());
      answer(ctx, EventJson.retrieved(found));
    }
  }

  private void prompt(Context ctx) throws IOException {
    Asked asked = asked(ctx);
    try (Measured measured = desk.measured(asked, ctx.ip())) {
      answer(ctx, EventJson.prompt(measured.inspect(asked.question())));
    }
  }

  private void ask(Context ctx) throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder();
    StringBuilder reasoning = new StringBuilder();
    List<JsonNode> steps = new ArrayList<>();
    Ending ending =
        desk.whole(
            ctx,
            asked(ctx),
            event -> {
              switch (event) {
                case Text(String piece) -> text.append(piece);
                case Reasoning(String piece) -> reasoning.append(piece);
                case AnswerEvent.Retrieved _, AnswerEvent.PromptBuilt _ ->
                    steps.add(EventJson.object(event));
                case Ending _ -> {}
              }
            });
    if (ending instanceof Failed failed) {
      throw Refusal.of(failed).exception();
    }
    if (ending != null) {
      answer(ctx, whole(text.toString(), reasoning.toString(), steps, ending));
    }
  }

  private static ObjectNode whole(
      String text, String reasoning, List<JsonNode> steps, Ending ending) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode().put("text", text);
    if (!reasoning.isEmpty()) {
      whole.put("reasoning", reasoning);
    }
    for (JsonNode step : steps) {
      whole.set(step.path("type").asString(), step);
    }
    whole.set("ending", EventJson.object(ending));
    return whole;
  }

  private Asked asked(Context ctx) throws IOException {
    return Asked.strict(desk.body(ctx)).withOrganisation(Routes.organisation(ctx));
  }

  private static void answer(Context ctx, JsonNode object) {
    ctx.contentType("application/json").result(JsonText.line(Objects.requireNonNull(object)));
  }
}
