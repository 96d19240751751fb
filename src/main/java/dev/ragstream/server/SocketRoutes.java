package dev.ragstream.server;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/**
 * {@code /ws_chat}. Jetty's own, before Javalin: that one lets nobody hear a pong, gives no
 * back-pressure and opens a session for each socket.
 */
record SocketRoutes(Desk desk, Sockets sockets, AccessLog accessLog) {

  static final String PATH = "/ws_chat";

  private static final int BATCH_BYTES = 16 << 10;

  WebSocketUpgradeHandler handler(Server server) {
    return WebSocketUpgradeHandler.from(server, this::configure);
  }

  private void configure(ServerWebSocketContainer container) {
    container.setIdleTimeout(desk.patience().socketIdle());
    container.setOutputBufferSize(BATCH_BYTES);
    container.addMapping(
        PATH,
        (request, response, callback) -> {
          Visit.of(request).at(PATH);
          try {
            return socket(request);
          } catch (RefusedException e) {
            Refusals.answer(request, response, callback, e.refusal());
            return null;
          }
        });
  }

  private ChatSocket socket(ServerUpgradeRequest request) {
    String wire = Request.extractQueryParameters(request).getValue("wire");
    boolean classic = AskRoutes.isClassic(wire, desk.options());
    return new ChatSocket(
        desk,
        sockets,
        accessLog,
        classic ? new ClassicSocket(desk) : new NativeSocket(desk),
        Request.getRemoteAddr(request),
        request.getHeaders().get(Routes.ORGANISATION_HEADER));
  }
}
