package dev.ragstream.server;

import dev.ragstream.core.Failure;
import dev.ragstream.server.Refusals.Shape;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import org.jspecify.annotations.Nullable;

/** What every group of routes has in common. */
final class Routes {

  /** Names the run that answers. */
  static final String RUN_HEADER = "X-Ragstream-Run";

  /** Names the organisation, on routes whose bodies have no place for it. */
  static final String ORGANISATION_HEADER = "X-Org-Id";

  private Routes() {}

  /** Adds a route, whose refusals are spelt as its wire spells them. */
  static void add(
      RoutesConfig routes, HandlerType method, String path, Shape shape, Handler handler) {
    routes.addHttpHandler(
        method,
        path,
        ctx -> {
          Visit.of(ctx).at(template(path));
          try {
            handler.handle(ctx);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (Exception e) {
            if (!ctx.res().isCommitted()) {
              Refusal refusal = Refusals.of(e);
              if (refusal.failure().kind() != Failure.Kind.USAGE) {
                Visit.of(ctx).failed(refusal.failure());
              }
              Refusals.answer(ctx, refusal, shape);
            }
          }
        });
  }

  /** A path as users read it: Javalin's {@code <id>} is an {@code {id}} that may hold slashes. */
  static String template(String path) {
    return path.replace('<', '{').replace('>', '}');
  }

  static @Nullable String organisation(Context ctx) {
    return ctx.header(ORGANISATION_HEADER);
  }
}
