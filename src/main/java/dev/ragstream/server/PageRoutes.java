package dev.ragstream.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The playground at {@code /}, and {@code /openapi.json}: what there is to ask. */
final class PageRoutes {

  /** The page has nothing from elsewhere and nothing inline. */
  private static final String OWN_ALONE =
      "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private PageRoutes() {}

  static void addTo(RoutesConfig routes) {
    add(routes, "/", "playground.html", "text/html;charset=utf-8");
    add(routes, "/playground.js", "playground.js", "text/javascript;charset=utf-8");
    add(routes, "/playground.css", "playground.css", "text/css;charset=utf-8");
    add(routes, "/playground.svg", "playground.svg", "image/svg+xml");
    add(routes, "/openapi.json", "openapi.json", "application/json");
  }

  private static void add(RoutesConfig routes, String path, String resource, String type) {
    Routes.add(routes, HandlerType.GET, path, Refusals.NATIVE, ctx -> page(ctx, resource, type));
  }

  private static void page(Context ctx, String resource, String type) throws IOException {
    if (type.startsWith("text/html")) {
      ctx.header("Content-Security-Policy", OWN_ALONE);
    }
    try (InputStream page = PageRoutes.class.getResourceAsStream(resource)) {
      ctx.contentType(type).result(Objects.requireNonNull(page).readAllBytes());
    }
  }
}
