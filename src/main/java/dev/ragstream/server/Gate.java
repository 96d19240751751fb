package dev.ragstream.server;

import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands before everything else, pages, unknown paths and WebSocket upgrades included: refuses who
 * may not come in, answers browsers that ask whether they may, and adds the headers that every
 * response has.
 */
final class Gate extends Handler.Wrapper {

  private static final String DAY = "86400";

  /** What pages of allowed origins may read beside the body. */
  private static final String EXPOSED =
      Routes.RUN_HEADER + ", Location, Retry-After, WWW-Authenticate";

  private final Supplier<ServerOptions> options;
  private final Metrics metrics;
  private final AccessLog accessLog;

  Gate(Supplier<ServerOptions> options, Metrics metrics, AccessLog accessLog) {
    this.options = options;
    this.metrics = metrics;
    this.accessLog = accessLog;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    metrics.follow(request, response, Visit.begin(request));
    accessLog.follow(request, response);
    Knock knock = Knock.of(request);
    Guard guard = new Guard(options.get());
    HttpFields.Mutable headers = response.getHeaders();
    boolean crossOrigin = guard.allowsCrossOrigin(knock.origin());
    secure(headers, crossOrigin);
    if (crossOrigin && knock.origin() != null) {
      // A refusal as well, or its page would hear of a network that failed.
      headers.put("Access-Control-Allow-Origin", knock.origin());
      headers.put("Access-Control-Expose-Headers", EXPOSED);
    }
    Optional<Refusal> refusal = guard.refusal(knock);
    if (refusal.isPresent()) {
      refuse(refusal.get(), request, response, callback);
      return true;
    }
    if (knock.preflight()) {
      preflight(request, headers);
      response.setStatus(204);
      callback.succeeded();
      return true;
    }
    if (isUpgradeToNothing(request)) {
      refuse(
          new Refusal(404, "there is no WebSocket here", "open " + SocketRoutes.PATH),
          request,
          response,
          callback);
      return true;
    }
    return super.handle(request, response, callback);
  }

  /** Javalin would open a session for it. */
  private static boolean isUpgradeToNothing(Request request) {
    return request.getHeaders().contains("Sec-WebSocket-Version")
        && !request.getHttpURI().getCanonicalPath().equals(SocketRoutes.PATH);
  }

  /** Adds the headers that every response has. */
  static void secure(HttpFields.Mutable headers, boolean crossOrigin) {
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    headers.put("Cross-Origin-Resource-Policy", crossOrigin ? "cross-origin" : "same-origin");
    headers.put(HttpHeader.VARY, "Origin");
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
  }

  private static void preflight(Request request, HttpFields.Mutable headers) {
    headers.put("Access-Control-Allow-Methods", "GET, POST, DELETE");
    String wanted = request.getHeaders().get("Access-Control-Request-Headers");
    if (wanted != null) {
      headers.put("Access-Control-Allow-Headers", wanted);
    }
    headers.put("Access-Control-Max-Age", DAY);
  }

  private static void refuse(
      Refusal refusal, Request request, Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    if (refusal.status() == 401) {
      headers.put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"ragstream\", charset=\"UTF-8\"");
    }
    // What the client may still be sending is not read.
    headers.put(HttpHeader.CONNECTION, "close");
    Refusals.answer(request, response, callback, refusal);
  }
}
