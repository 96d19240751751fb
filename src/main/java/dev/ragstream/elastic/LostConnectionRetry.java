package dev.ragstream.elastic;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.util.TimeValue;

/**
 * Sends a request again, once and at once, when its connection broke off: a node may close a kept
 * connection at the moment when it is used again.
 */
final class LostConnectionRetry extends DefaultHttpRequestRetryStrategy {

  LostConnectionRetry() {
    super(
        1,
        TimeValue.ZERO_MILLISECONDS,
        List.of(
            InterruptedIOException.class,
            UnknownHostException.class,
            ConnectException.class,
            NoRouteToHostException.class,
            SSLException.class),
        List.of());
  }

  /** All that ragstream sends may be sent twice: searches, and documents under ids of their own. */
  @Override
  protected boolean handleAsIdempotent(HttpRequest request) {
    return true;
  }
}
