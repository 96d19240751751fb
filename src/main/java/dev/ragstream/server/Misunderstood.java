package dev.ragstream.server;

import java.util.Objects;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what Jetty itself refuses, before any route and even before the gate: a request that is
 * none, a host or a path of which nobody knows what it means.
 */
final class Misunderstood implements Request.Handler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Object reason = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
    // Nobody has looked at its origin.
    Gate.secure(response.getHeaders(), false);
    // Jetty takes an Upgrade that no Connection speaks of for one to HTTP/2.
    HttpFields headers = request.getHeaders();
    if (NoSocket.isFor(request)
        && headers.contains(HttpHeader.UPGRADE)
        && !headers.contains(HttpHeader.CONNECTION, "Upgrade")) {
      NoSocket.refuse(request, response, callback);
    } else {
      Refusal refusal = Refusals.of(response.getStatus(), Objects.toString(reason, ""));
      Refusals.answer(request, response, callback, refusal);
    }
    return true;
  }
}
