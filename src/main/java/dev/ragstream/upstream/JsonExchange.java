package dev.ragstream.upstream;

import dev.ragstream.core.FailureException;
import dev.ragstream.core.Secret;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a model's server for one answer in JSON, and waits for the whole of it. Safe for use by
 * several threads.
 *
 * @param model as in the settings, for messages
 * @param purpose what the server is asked for, for messages: {@code embeddings}
 * @param headers sent with each request: those of the endpoint, with its key as the provider wants
 *     it
 */
public record JsonExchange(
    String model,
    String purpose,
    Endpoint endpoint,
    Map<String, Secret> headers,
    Transport transport) {

  /** The largest answer that is read, in bytes: many times what a batch of vectors takes. */
  private static final int LARGEST = 64 << 20;

  /** With the key, where there is one, as a bearer token. */
  public JsonExchange(String model, String purpose, Endpoint endpoint, Transport transport) {
    this(model, purpose, endpoint, endpoint.bearerHeaders(), transport);
  }

  /**
   * Sends JSON to one of the server's resources.
   *
   * @param path after the endpoint's address: {@code /embeddings}
   * @throws StatusException where the server refused
   * @throws FailureException where there was no answer, none in JSON, or an error in its place;
   *     after an interrupt too, and then the thread stays interrupted
   */
  public JsonAnswer post(String path, JsonNode body) {
    return ask(path, body.toString());
  }

  /** Asks for one of the server's resources; fails as {@link #post} does. */
  public JsonAnswer get(String path) {
    return ask(path, null);
  }

  private JsonAnswer ask(String path, @Nullable String sent) {
    UpstreamRequest request =
        new UpstreamRequest(endpoint.resolve(path), UpstreamRequest.JSON, headers, sent);
    UpstreamFailures failures = new UpstreamFailures(model, endpoint, request.url());
    try (UpstreamBody body = transport.open(request, failures)) {
      JsonNode root = parse(body, failures);
      if (root.hasNonNull("error")) {
        throw failures.errorInside(root.toString());
      }
      return new JsonAnswer(root, problem -> failures.unusable(problem, purpose));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw failures.interrupted();
    }
  }

  private JsonNode parse(UpstreamBody body, UpstreamFailures failures) throws InterruptedException {
    byte[] bytes = read(body, failures);
    if (bytes.length > LARGEST) {
      throw failures.unusable("answered with more than " + (LARGEST >> 20) + " MiB", purpose);
    }
    try {
      JsonNode root = JsonMapper.shared().readTree(bytes);
      if (root.isContainer()) {
        return root;
      }
    } catch (JacksonException _) {
      // Its message may quote the body; the body's beginning is told of instead.
    }
    throw failures.notJson(body.status(), body.contentType(), body.beginning(), purpose);
  }

  private static byte[] read(UpstreamBody body, UpstreamFailures failures)
      throws InterruptedException {
    try {
      return body.readNBytes(LARGEST + 1);
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw failures.broken(e);
    }
  }
}
