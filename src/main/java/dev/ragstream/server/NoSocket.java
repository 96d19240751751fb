package dev.ragstream.server;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands behind the WebSocket's route: what comes here asks it for something else, as behind a
 * proxy that keeps {@code Upgrade} to itself. Javalin would open a session for some of it.
 */
final class NoSocket extends Handler.Wrapper {

  private static final Refusal UPGRADE_REQUIRED =
      new Refusal(
          426,
          "this route is a WebSocket, and the request asks for none",
          "open ws://…" + SocketRoutes.PATH + "; a proxy must pass on Upgrade and Connection");

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!isFor(request)) {
      return super.handle(request, response, callback);
    }
    Visit.of(request).at(SocketRoutes.PATH);
    if (request.getMethod().equals("GET")) {
      refuse(request, response, callback);
    } else {
      response.getHeaders().put(HttpHeader.ALLOW, "GET");
      Refusals.answer(request, response, callback, Refusals.of(405, ""));
    }
    return true;
  }

  static boolean isFor(Request request) {
    return SocketRoutes.PATH.equals(request.getHttpURI().getCanonicalPath());
  }

  /** Says that an upgrade is wanted, and which. */
  static void refuse(Request request, Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.UPGRADE, "websocket");
    headers.put(HttpHeader.CONNECTION, "Upgrade");
    headers.put(HttpHeader.SEC_WEBSOCKET_VERSION, "13");
    Refusals.answer(request, response, callback, UPGRADE_REQUIRED);
  }
}
