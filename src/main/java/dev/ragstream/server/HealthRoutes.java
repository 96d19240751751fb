package dev.ragstream.server;

import dev.ragstream.core.Failure;
import dev.ragstream.render.JsonText;
import dev.ragstream.server.Backend.Part;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** For those who watch over the server: whether it lives, whether it can answer, what it did. */
record HealthRoutes(Desk desk) {

  void addTo(RoutesConfig routes) {
    Routes.add(routes, HandlerType.GET, "/healthz", Refusals.NATIVE, HealthRoutes::ok);
    Routes.add(routes, HandlerType.GET, "/readyz", Refusals.NATIVE, this::ready);
    Routes.add(routes, HandlerType.GET, "/metrics", Refusals.NATIVE, this::scrape);
  }

  private void ready(Context ctx) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    List<Part> parts = desk.backend().parts();
    boolean ready = parts.stream().allMatch(part -> part.failure() == null);
    object.put("status", word(ready)).set("parts", list(parts));
    ctx.status(ready ? 200 : 503).contentType("application/json").result(JsonText.line(object));
  }

  private static ArrayNode list(List<Part> parts) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Part part : parts) {
      Failure failure = part.failure();
      ObjectNode each =
          list.addObject().put("name", part.name()).put("status", word(failure == null));
      if (failure != null) {
        each.put("kind", failure.kind().wireName())
            .put("problem", failure.problem())
            .put("remedy", failure.remedy());
      }
    }
    return list;
  }

  private static String word(boolean ready) {
    return ready ? "ok" : "not ready";
  }

  private void scrape(Context ctx) {
    ctx.contentType(Metrics.CONTENT_TYPE).result(desk.metrics().scrape());
  }

  private static void ok(Context ctx) {
    ctx.contentType("application/json").result("{\"status\":\"ok\"}");
  }
}
