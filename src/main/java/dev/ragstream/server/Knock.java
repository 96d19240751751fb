package dev.ragstream.server;

import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * What a request shows at the gate; null where a header is not there.
 *
 * @param localAddress the address of this machine that it came in on
 */
record Knock(
    String method,
    @Nullable String host,
    @Nullable String origin,
    @Nullable String authorization,
    @Nullable String preflightMethod,
    String localAddress) {

  static Knock of(Request request) {
    HttpFields headers = request.getHeaders();
    return new Knock(
        request.getMethod(),
        only(headers, HttpHeader.HOST),
        only(headers, HttpHeader.ORIGIN),
        only(headers, HttpHeader.AUTHORIZATION),
        headers.get("Access-Control-Request-Method"),
        Request.getLocalAddr(request));
  }

  /** Of a header that stands there twice, both, which is nothing that anybody believes. */
  private static @Nullable String only(HttpFields headers, HttpHeader name) {
    List<String> values = headers.getValuesList(name);
    return values.isEmpty() ? null : String.join(", ", values);
  }

  /** Whether a browser asks for another page whether it may ask. */
  boolean preflight() {
    return method.equals("OPTIONS") && origin != null && preflightMethod != null;
  }
}
