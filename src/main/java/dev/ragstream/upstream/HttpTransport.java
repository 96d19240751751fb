package dev.ragstream.upstream;

import dev.ragstream.core.FailureException;
import dev.ragstream.core.ProxyAddress;
import dev.ragstream.core.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow.Publisher;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sends requests over the network, and asks again as long as nothing was answered. */
public final class HttpTransport implements Transport {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  /** Anthropic's and Cloudflare's word for the same. */
  private static final int OVERLOADED = 529;

  /** No provider's error is longer; what is beyond is not read. */
  private static final int LONGEST_ERROR = 64 << 10;

  private final Endpoint endpoint;
  private final RetryPolicy retry;
  private final Consumer<String> notices;
  private final HttpClient client;

  /**
   * Opens nothing yet.
   *
   * @param notices is told of each wait before another attempt, in a sentence
   */
  public HttpTransport(Endpoint endpoint, RetryPolicy retry, Consumer<String> notices) {
    this.endpoint = endpoint;
    this.retry = retry;
    this.notices = notices;
    // On plain http the client would ask for h2c, which makes some servers drop the body.
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(endpoint.encrypted() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
            .connectTimeout(endpoint.timeouts().connect())
            .proxy(proxy(endpoint.proxy()));
    if (!endpoint.encrypted()) {
      // Nothing that is done for a response blocks, so the client's own thread can do it, and no
      // other has to be woken for each token. Handshakes would hold it up.
      builder.executor(Runnable::run);
    }
    this.client = builder.build();
  }

  private static ProxySelector proxy(@Nullable ProxyAddress given) {
    if (given == null) {
      return HttpClient.Builder.NO_PROXY;
    }
    URI proxy = given.address();
    int port =
        proxy.getPort() >= 0 ? proxy.getPort() : "https".equals(proxy.getScheme()) ? 443 : 80;
    return ProxySelector.of(new InetSocketAddress(proxy.getHost(), port));
  }

  @Override
  public UpstreamBody open(UpstreamRequest request, UpstreamFailures failures)
      throws InterruptedException {
    HttpRequest http = request.toHttp(endpoint.timeouts().firstToken(), forProxy());
    for (int attempt = 1; ; attempt++) {
      HttpBody body = new HttpBody(send(http, failures), endpoint.timeouts());
      int status = body.status();
      if (status / 100 == 2) {
        return body;
      }
      Optional<String> retryAfter = body.header("Retry-After");
      FailureException failure =
          failures.status(status, errorIn(body), retry.asked(retryAfter).orElse(null));
      boolean busy = status == TOO_MANY_REQUESTS || status == UNAVAILABLE || status == OVERLOADED;
      if (!busy || attempt > retry.retries()) {
        throw failure;
      }
      Duration wait = retry.waitAfter(attempt, retryAfter);
      notices.accept(
          failure.failure().problem()
              + "; asking again in "
              + UpstreamFailures.spelt(wait)
              + " (retry "
              + attempt
              + " of "
              + retry.retries()
              + ")");
      retry.pause().await(wait);
    }
  }

  /**
   * Sent without being asked for: an authenticator would also see to the refusals of models'
   * servers. The client hands it to the proxy alone.
   */
  private Map<String, Secret> forProxy() {
    ProxyAddress proxy = endpoint.proxy();
    Secret authorization = proxy == null ? null : proxy.authorization();
    return authorization == null ? Map.of() : Map.of("Proxy-Authorization", authorization);
  }

  private HttpResponse<Publisher<List<ByteBuffer>>> send(
      HttpRequest request, UpstreamFailures failures) throws InterruptedException {
    try {
      return sendOnce(request);
    } catch (IOException e) {
      if (isConnectionLost(e)) {
        // A kept connection may have died since its last use; the client does not repeat a POST.
        try {
          return sendOnce(request);
        } catch (IOException again) {
          throw failures.unanswered(again);
        }
      }
      throw failures.unanswered(e);
    }
  }

  private HttpResponse<Publisher<List<ByteBuffer>>> sendOnce(HttpRequest request)
      throws IOException, InterruptedException {
    // Its bytes are asked for later: a body that breaks off at once is still an answer.
    Releasing<Publisher<List<ByteBuffer>>> body = new Releasing<>(BodyHandlers.ofPublisher());
    try {
      return client.send(request, body);
    } catch (IOException | InterruptedException e) {
      body.release();
      throw e;
    }
  }

  private static boolean isConnectionLost(IOException e) {
    return !(e instanceof ConnectException
        || e instanceof HttpTimeoutException
        || e instanceof SSLException);
  }

  private static String errorIn(UpstreamBody body) throws InterruptedException {
    try (body) {
      return new String(body.readNBytes(LONGEST_ERROR), StandardCharsets.UTF_8);
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return body.beginning();
    }
  }
}
