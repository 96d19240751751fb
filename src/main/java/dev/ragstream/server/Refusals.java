package dev.ragstream.server;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.render.EventJson;
import dev.ragstream.render.JsonText;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Answers with what went wrong before there was anything to stream. */
final class Refusals {

  private Refusals() {}

  /** How a wire spells a refusal. */
  interface Shape {
    String body(Refusal refusal);
  }

  /** As the event {@code failed}. */
  static final Shape NATIVE = refusal -> json(refusal.failure());

  /** How the wire of a path spells it: OpenAI's clients understand no other words than theirs. */
  static Shape shape(@Nullable String path) {
    return path != null && (path.equals("/v1") || path.startsWith("/v1/"))
        ? OpenAiShape::error
        : NATIVE;
  }

  static String json(Failure failure) {
    return JsonText.line(EventJson.failure(failure));
  }

  /** What an exception means to the client; a fault of ours tells nothing of its inside. */
  static Refusal of(Exception e) {
    return switch (e) {
      case RefusedException refused -> refused.refusal();
      case FailureException failed -> Refusal.of(failed);
      case HttpResponseException http -> http(http);
      default ->
          Refusal.of(
              new Failure(
                  Failure.Kind.INTERNAL,
                  "ragstream itself failed: " + e.getClass().getSimpleName(),
                  "start the server with -v and report what it says"));
    };
  }

  static void answer(Context ctx, Refusal refusal, Shape shape) {
    ctx.status(refusal.status());
    Duration retryAfter = refusal.retryAfter();
    if (retryAfter != null) {
      ctx.header("Retry-After", Long.toString(wholeSeconds(retryAfter)));
    }
    ctx.contentType("application/json");
    ctx.result(shape.body(refusal));
  }

  /** Rounded up, so that nobody comes back too early. */
  private static long wholeSeconds(Duration duration) {
    return duration.plusMillis(999).toSeconds();
  }

  private static Refusal http(HttpResponseException e) {
    return switch (e.getStatus()) {
      case 404 ->
          new Refusal(404, "there is no such route", "see /openapi.json for those there are");
      case 405 ->
          new Refusal(405, "this route takes another method", "see /openapi.json for which");
      case 413 ->
          new Refusal(413, "the request is too large", "send less, or raise serve.limits.body");
      default -> new Refusal(e.getStatus(), "the request is not understood", "check its form");
    };
  }
}
