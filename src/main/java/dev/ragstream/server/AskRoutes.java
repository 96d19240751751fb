package dev.ragstream.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code POST /stream}: the events as they happen, or the envelopes of the older service. */
record AskRoutes(Desk desk) {

  private static final String PATH = "/stream";

  void addTo(RoutesConfig routes) {
    Routes.add(routes, HandlerType.POST, PATH, Refusals.NATIVE, this::stream);
  }

  /** Whether a request wants the older services' answers. */
  static boolean isClassic(@Nullable String wire, ServerOptions options) {
    return switch (wire) {
      case null -> options.classic();
      case "classic" -> true;
      case "native" -> false;
      default -> throw Body.invalid("the 'wire' is neither native nor classic");
    };
  }

  private void stream(Context ctx) throws IOException, InterruptedException {
    if (isClassic(ctx.queryParam("wire"), desk.options())) {
      classic(ctx);
      return;
    }
    Body body = desk.body(ctx);
    Asked asked =
        Asked.forStream(body, desk.backend().models()).withOrganisation(Routes.organisation(ctx));
    desk.tellUnheard(PATH, body);
    desk.stream(ctx, asked, new NativeEvents(), desk.saver(body, asked));
  }

  /** Its front ends look for what went wrong in the stream, whatever the status. */
  private void classic(Context ctx) throws IOException, InterruptedException {
    try {
      Body body = desk.body(ctx);
      Asked asked = Asked.classic(body, desk.backend().models());
      desk.tellUnheard(PATH, body);
      String logId = UUID.randomUUID().toString().replace("-", "");
      desk.stream(
          ctx, asked, new ClassicEvents(asked.question().text(), logId), desk.saver(body, asked));
    } catch (RuntimeException e) {
      Refusal refusal = Refusals.of(e);
      if (refusal.retryAfter() != null || ctx.res().isCommitted()) {
        throw e;
      }
      Visit.of(ctx).failed(refusal.failure());
      ctx.contentType("text/event-stream;charset=utf-8");
      ctx.result(("data: " + Envelope.failure(refusal) + "\n\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
