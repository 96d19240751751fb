package dev.ragstream.model;

import dev.ragstream.core.Failure.Kind;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * Spells what can go wrong with a model's server. What the server sent is redacted before it is
 * shortened, and no exception of the network travels as a cause: neither may hold a secret.
 *
 * @param model as in the setting {@code llm.model}
 * @param url what was asked
 * @param keyVariable the environment variable that the provider's key usually stands in
 */
record UpstreamFailures(String model, Endpoint endpoint, URI url, String keyVariable) {

  private static final String LATER = "ask again later, or name another model in llm.model";

  /** Nothing came back at all. */
  FailureException unanswered(IOException cause) {
    return switch (cause) {
      case HttpConnectTimeoutException e ->
          unreachable(
              where() + " did not accept a connection within " + spelt(timeouts().connect()),
              "check that the model's server is running and that llm.baseUrl is its address");
      case HttpTimeoutException e -> stalled(timeouts().firstToken());
      case SSLException e ->
          unreachable(
              "there is no secure connection to " + where() + ": " + said(e),
              "check that the server at llm.baseUrl speaks https and that Java trusts its"
                  + " certificate");
      case ConnectException e when isUnresolved(e) ->
          unreachable(
              "the host of " + where() + " has no known address",
              "check the name in llm.baseUrl and that this machine is online");
      case ConnectException e ->
          unreachable(
              where() + " refused the connection",
              "check that the model's server is running and that llm.baseUrl is its address");
      default ->
          unreachable(
              where() + " gave no HTTP answer: " + said(cause),
              "check that llm.baseUrl is the address of the model's server, and its log");
    };
  }

  /** It answered with a status that is no success. */
  FailureException status(int status, String body) {
    String problem =
        where() + " answered " + status + ": " + ProviderError.parse(redact(body)).describe();
    return switch (status) {
      case 401, 403 -> failure(Kind.UPSTREAM_UNAUTHORIZED, problem, keyRemedy());
      case 404 ->
          failure(
              Kind.UPSTREAM_ERROR,
              problem + "; the model asked for was " + model,
              "check the name in llm.model and the address in llm.baseUrl");
      case 429 -> failure(Kind.UPSTREAM_RATE_LIMITED, problem, LATER);
      default -> failure(Kind.UPSTREAM_ERROR, problem, remedy(status));
    };
  }

  /** It sent an error where the answer should go on. */
  FailureException inStream(String error) {
    return failure(
        Kind.UPSTREAM_ERROR,
        where() + " broke off with an error: " + ProviderError.parse(redact(error)).describe(),
        LATER);
  }

  /** It answered with something else than a stream of events. */
  FailureException protocol(int status, String contentType, String beginning) {
    return failure(
        Kind.UPSTREAM_PROTOCOL,
        "%s answered %d with %s and no stream of events; %s"
            .formatted(
                where(),
                status,
                contentType.isEmpty() ? "no content type" : safe(contentType),
                beginning.isEmpty() ? "it was empty" : "it began with: " + safe(beginning)),
        "check that llm.baseUrl is the address of an API that streams chat completions; most end"
            + " in /v1");
  }

  /** An event is not what the protocol says. */
  FailureException event(String data) {
    return failure(
        Kind.UPSTREAM_PROTOCOL,
        where() + " sent an event that cannot be read: " + safe(data),
        "check that llm.baseUrl is the address of an API that streams chat completions");
  }

  /** The stream broke off while the answer came. */
  FailureException broken(IOException cause) {
    return switch (cause) {
      case UpstreamBody.StalledException e -> stalled(e.limit);
      case EventStreamReader.EventTooLongException e -> event(said(e));
      default -> incomplete("the connection broke off");
    };
  }

  /** The stream ended in good order, but the answer had not. */
  FailureException incomplete() {
    return incomplete("the stream ended");
  }

  static String spelt(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }

  private FailureException incomplete(String how) {
    return failure(
        Kind.INCOMPLETE,
        how + " before " + where() + " said that the answer is whole",
        "ask again; if it happens every time, look into the server's log");
  }

  private FailureException stalled(Duration limit) {
    return failure(
        Kind.UPSTREAM_STALLED,
        where() + " sent nothing for " + spelt(limit),
        "ask again, or raise llm.idleTimeout if the model is that slow");
  }

  private FailureException unreachable(String problem, String remedy) {
    return failure(Kind.UPSTREAM_UNREACHABLE, problem, remedy);
  }

  private FailureException failure(Kind kind, String problem, String remedy) {
    return new FailureException(kind, redact(problem), remedy);
  }

  private String remedy(int status) {
    return switch (status / 100) {
      case 3 -> "set llm.baseUrl to the address that the server redirects to";
      case 4 -> "change what the server objects to; llm.model is " + model;
      default -> LATER;
    };
  }

  private String keyRemedy() {
    if (endpoint.key() == null) {
      return "set llm.apiKey, for example to ${"
          + keyVariable
          + "}: by itself that variable's key is not sent to an address of the settings";
    }
    return endpoint.key().reveal().isBlank()
        ? "put the key into the environment variable " + keyVariable + ", or set llm.apiKey"
        : "check the key in " + endpoint.key().placeholder() + ", or set llm.apiKey";
  }

  private String safe(String text) {
    return SafeText.shortened(redact(text));
  }

  private String said(IOException e) {
    return safe(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
  }

  private String redact(String text) {
    return endpoint.redact(text);
  }

  private Timeouts timeouts() {
    return endpoint.timeouts();
  }

  private String where() {
    return Endpoint.shown(url);
  }

  private static boolean isUnresolved(Throwable e) {
    Throwable cause = e.getCause();
    return cause instanceof UnresolvedAddressException || (cause != null && isUnresolved(cause));
  }
}
