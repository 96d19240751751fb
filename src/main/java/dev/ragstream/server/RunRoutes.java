package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.render.EventJson;
import dev.ragstream.render.JsonText;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Runs as such: begun without a reader, listed, read again from any event, stopped. */
record RunRoutes(Desk desk) {

  void addTo(RoutesConfig routes) {
    Routes.add(routes, HandlerType.GET, "/api/runs", Refusals.NATIVE, this::list);
    Routes.add(routes, HandlerType.POST, "/api/runs", Refusals.NATIVE, this::begin);
    Routes.add(routes, HandlerType.GET, "/api/runs/{id}", Refusals.NATIVE, this::show);
    Routes.add(routes, HandlerType.DELETE, "/api/runs/{id}", Refusals.NATIVE, this::cancel);
    Routes.add(routes, HandlerType.GET, "/api/runs/{id}/events", Refusals.NATIVE, this::events);
  }

  private void list(Context ctx) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Run run : desk.runs().all()) {
      if (maySee(ctx, run)) {
        list.add(object(run));
      }
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.set("runs", list);
    json(ctx, object);
  }

  private void begin(Context ctx) throws IOException {
    Asked asked = Asked.strict(desk.body(ctx)).withOrganisation(Routes.organisation(ctx));
    Run run =
        desk.admit(
            new Asked(
                asked.question(), asked.choice(), asked.organisation(), true, asked.rehearsal()),
            ctx.ip());
    desk.start(run, _ -> {});
    ctx.status(202).header("Location", "/api/runs/" + run.id());
    json(ctx, object(run));
  }

  private void show(Context ctx) {
    json(ctx, object(run(ctx)));
  }

  private void cancel(Context ctx) {
    run(ctx).cancel();
    ctx.status(204);
  }

  private void events(Context ctx) throws IOException, InterruptedException {
    Run run = run(ctx);
    long after = lastEventId(ctx);
    ctx.header(Routes.RUN_HEADER, run.id());
    if (run.log().ended() && after >= run.log().size()) {
      ctx.status(204); // An EventSource asks again and again, unless it is told so.
      return;
    }
    new EventStream(new NativeEvents(), desk.handOvers(), desk.patience(), run.rehearsal())
        .send(ctx, hangUp -> run.read(after, hangUp));
  }

  private Run run(Context ctx) {
    return desk.runs()
        .find(ctx.pathParam("id"))
        .filter(run -> maySee(ctx, run))
        .orElseThrow(() ->
            new Refusal(
                    404,
                    "there is no run of this id, or it ended more than five minutes ago",
                    "ask the question again")
                .exception());
  }

  private boolean maySee(Context ctx, Run run) {
    return desk.options().organisationField() == null
        || Objects.equals(run.organisation(), organisation(ctx));
  }

  /** A browser's {@code EventSource} can send no header. */
  private static @Nullable String organisation(Context ctx) {
    String named = Routes.organisation(ctx);
    return named == null ? ctx.queryParam("orgId") : named;
  }

  private static long lastEventId(Context ctx) {
    String id = ctx.header("Last-Event-ID");
    String given = id == null ? ctx.queryParam("lastEventId") : id;
    if (given == null || given.isBlank()) {
      return 0;
    }
    if (!given.strip().matches("\\d{1,18}")) {
      throw Body.invalid("the header Last-Event-ID is no number");
    }
    return Long.parseLong(given.strip());
  }

  private static ObjectNode object(Run run) {
    ObjectNode object =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", run.id())
            .put("state", state(run))
            .put("question", run.question().text())
            .put("model", run.model())
            .put("started", run.started().toString())
            .put("events", run.log().size());
    if (run.ended() != null) {
      object.put("ended", run.ended().toString());
    }
    return object;
  }

  private static String state(Run run) {
    return switch (run.ending()) {
      case null -> "running";
      case Ending ending -> EventJson.type(ending);
    };
  }

  private static void json(Context ctx, ObjectNode object) {
    ctx.contentType("application/json");
    ctx.result(JsonText.line(object));
  }
}
