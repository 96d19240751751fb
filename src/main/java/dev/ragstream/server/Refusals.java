package dev.ragstream.server;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.render.EventJson;
import dev.ragstream.render.JsonText;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
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
      case HttpResponseException http -> of(http.getStatus(), "");
      default -> Refusal.of(failed(e.getClass().getSimpleName()));
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

  /** The same before there is a route. */
  static void answer(Request request, Response response, Callback callback, Refusal refusal) {
    response.setStatus(refusal.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    Shape shape = shape(request.getHttpURI().getCanonicalPath());
    byte[] body = shape.body(refusal).getBytes(StandardCharsets.UTF_8);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  /** Rounded up, so that nobody comes back too early. */
  private static long wholeSeconds(Duration duration) {
    return duration.plusMillis(999).toSeconds();
  }

  /**
   * What a status alone means.
   *
   * @param reason further words; may be empty
   */
  static Refusal of(int status, String reason) {
    return switch (status) {
      case 404 ->
          new Refusal(404, "there is no such route", "see /openapi.json for those there are");
      case 405 ->
          new Refusal(405, "this route takes another method", "see /openapi.json for which");
      case 413 ->
          new Refusal(413, "the request is too large", "send less, or raise serve.limits.body");
      case 414 -> new Refusal(414, "the address is too long", "send in a body what is long");
      case 431 -> new Refusal(431, "the headers are too large", "send fewer or shorter ones");
      case 505 -> new Refusal(505, "this version of HTTP is not spoken here", "speak HTTP/1.1");
      default ->
          status < 500
              ? new Refusal(
                  status,
                  "the request is not understood" + (reason.isEmpty() ? "" : ": " + reason),
                  "check its form")
              : new Refusal(status, failed(reason), null);
    };
  }

  private static Failure failed(String reason) {
    return new Failure(
        Failure.Kind.INTERNAL,
        "ragstream itself failed" + (reason.isEmpty() ? "" : ": " + reason),
        "start the server with -v and report what it says");
  }
}
