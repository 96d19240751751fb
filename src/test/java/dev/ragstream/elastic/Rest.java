package dev.ragstream.elastic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Bare requests to a server, for what a test prepares or looks up by itself.
 *
 * @param base the server's address, without a path
 */
public record Rest(HttpClient client, URI base) {

  public static Rest at(URI base) {
    return new Rest(HttpClient.newHttpClient(), base);
  }

  public HttpResponse<String> get(String path) {
    return send("GET", path, "");
  }

  /**
   * Sends JSON, and again while the server has too much to do (429), for a minute at most: a node
   * whose master is behind by half a minute says so, as happens where many tests make indices on a
   * slow machine.
   *
   * @param headers names and values by turns
   */
  public HttpResponse<String> send(String method, String path, String json, String... headers) {
    HttpResponse<String> response = sendOnce(method, path, json, headers);
    for (int pause = 1; response.statusCode() == 429 && pause <= 32; pause *= 2) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(pause));
      response = sendOnce(method, path, json, headers);
    }
    return response;
  }

  /** As {@link #send}, with the first answer, whatever it is. */
  public HttpResponse<String> sendOnce(String method, String path, String json, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + base, e);
    }
  }
}
