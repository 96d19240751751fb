package dev.ragstream.model;

import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/** Sends requests to a model's server, and asks again as long as nothing was answered. */
final class Upstream {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  /** No provider's error is longer; what is beyond is not read. */
  private static final int LONGEST_ERROR = 64 << 10;

  private final Endpoint endpoint;
  private final RetryPolicy retry;
  private final Consumer<String> notices;
  private final HttpClient client;

  /**
   * @param notices is told of each wait before another attempt, in a sentence
   */
  Upstream(Endpoint endpoint, RetryPolicy retry, Consumer<String> notices) {
    this.endpoint = endpoint;
    this.retry = retry;
    this.notices = notices;
    // On plain http the client would ask for h2c, which makes some servers drop the body.
    this.client =
        HttpClient.newBuilder()
            .version(endpoint.encrypted() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
            .connectTimeout(endpoint.timeouts().connect())
            .build();
  }

  /**
   * Sends a request.
   *
   * @return the body of a successful response; closing it closes the connection
   * @throws FailureException where there was no success after all attempts
   */
  UpstreamBody open(UpstreamRequest request, UpstreamFailures failures)
      throws InterruptedException {
    HttpRequest http = request.toHttp(endpoint.timeouts().firstToken());
    for (int attempt = 1; ; attempt++) {
      UpstreamBody body = new UpstreamBody(send(http, failures), endpoint.timeouts());
      int status = body.response().statusCode();
      if (status / 100 == 2) {
        return body;
      }
      FailureException failure = failures.status(status, errorIn(body));
      boolean busy = status == TOO_MANY_REQUESTS || status == UNAVAILABLE;
      if (!busy || attempt > retry.retries()) {
        throw failure;
      }
      Duration wait = retry.waitAfter(attempt, body.response().headers().firstValue("Retry-After"));
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

  private HttpResponse<InputStream> send(HttpRequest request, UpstreamFailures failures)
      throws InterruptedException {
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

  private HttpResponse<InputStream> sendOnce(HttpRequest request)
      throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofInputStream());
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
