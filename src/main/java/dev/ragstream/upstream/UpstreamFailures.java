package dev.ragstream.upstream;

import dev.ragstream.core.Failure.Kind;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Spells what can go wrong with a model's server. What the server sent is redacted before it is
 * shortened, and no exception of the network travels as a cause: neither may hold a secret.
 *
 * @param model as in the settings
 * @param url what was asked
 */
public record UpstreamFailures(String model, Endpoint endpoint, URI url) {

  /** Nothing came back at all. */
  FailureException unanswered(IOException cause) {
    return switch (cause) {
      // Java calls it so too when the time for the whole answer is over before there is a
      // connection.
      case HttpConnectTimeoutException e
          when timeouts().connect().compareTo(timeouts().firstToken()) <= 0 ->
          unreachable(
              where() + " did not accept a connection within " + spelt(timeouts().connect()),
              "check that the model's server is running and that "
                  + addressSetting()
                  + " is its address");
      case HttpTimeoutException e -> stalled(timeouts().firstToken());
      case SSLException e ->
          unreachable(
              "there is no secure connection to " + where() + ": " + said(e),
              "check that the server at "
                  + addressSetting()
                  + " speaks https and that Java trusts its"
                  + " certificate");
      case ConnectException e when endpoint.proxy() != null ->
          unreachable(
              where() + " cannot be reached through the proxy " + endpoint.proxy(),
              "check the proxy's address, which the settings or the variables HTTPS_PROXY and"
                  + " HTTP_PROXY give; NO_PROXY names the hosts that need none");
      case ConnectException e when isUnresolved(e) ->
          unreachable(
              "the host of " + where() + " has no known address",
              "check the name in " + addressSetting() + " and that this machine is online");
      case ConnectException e ->
          unreachable(
              where() + " refused the connection",
              "check that the model's server is running and that "
                  + addressSetting()
                  + " is its address");
      default ->
          unreachable(
              where() + " gave no HTTP answer: " + said(cause),
              "check that "
                  + addressSetting()
                  + " is the address of the model's server, and its log");
    };
  }

  /**
   * It answered with a status that is no success.
   *
   * @param retryAfter what it asked for; null: nothing
   */
  StatusException status(int status, String body, @Nullable Duration retryAfter) {
    String problem =
        where() + " answered " + status + ": " + ProviderError.parse(redact(body)).describe();
    FailureException failure =
        switch (status) {
          case 407 -> failure(Kind.UPSTREAM_UNAUTHORIZED, proxyProblem(problem), proxyRemedy());
          case 401, 403 -> failure(Kind.UPSTREAM_UNAUTHORIZED, problem, keyRemedy());
          case 404 ->
              failure(
                  Kind.UPSTREAM_ERROR,
                  problem + "; the model asked for was " + model,
                  "check the name in "
                      + setting("model")
                      + " and the address in "
                      + addressSetting());
          case 429 -> failure(Kind.UPSTREAM_RATE_LIMITED, problem, later());
          default -> failure(Kind.UPSTREAM_ERROR, problem, remedy(status));
        };
    return new StatusException(status, failure.failure(), retryAfter);
  }

  /** It sent an error where the answer should go on. */
  public FailureException inStream(String error) {
    return failure(
        Kind.UPSTREAM_ERROR,
        where() + " broke off with an error: " + ProviderError.parse(redact(error)).describe(),
        later());
  }

  /** It does not answer this prompt. */
  public FailureException blocked(String reason) {
    return failure(
        Kind.UPSTREAM_ERROR,
        where() + " refused to answer this prompt: " + safe(reason),
        "look at the prompt with 'ragstream prompt', or name another model in " + setting("model"));
  }

  /** It answered with something else than a stream of events. */
  public FailureException protocol(int status, String contentType, String beginning) {
    return failure(
        Kind.UPSTREAM_PROTOCOL,
        answered(status, contentType, "no stream of events", beginning),
        "check that "
            + addressSetting()
            + " is the address of an API that streams chat completions; most end"
            + " in /v1");
  }

  /**
   * It answered with something else than what the settings describe.
   *
   * @param what came instead: {@code no line of JSON}
   */
  public FailureException undescribed(UpstreamBody body, String what, String remedy) {
    return failure(
        Kind.UPSTREAM_PROTOCOL,
        answered(body.status(), body.contentType(), what, body.beginning()),
        remedy);
  }

  /** It answered with something else than JSON. */
  FailureException notJson(int status, String contentType, String beginning, String purpose) {
    return failure(
        Kind.UPSTREAM_PROTOCOL,
        answered(status, contentType, "no JSON", beginning),
        addressRemedy(purpose));
  }

  /** Its answer is JSON, and not what was asked for; {@code problem} goes on after the address. */
  FailureException unusable(String problem, String purpose) {
    return failure(Kind.UPSTREAM_PROTOCOL, where() + " " + safe(problem), addressRemedy(purpose));
  }

  /** It answered with an error under a status of success. */
  FailureException errorInside(String error) {
    return failure(
        Kind.UPSTREAM_ERROR,
        where() + " answered with an error: " + ProviderError.parse(redact(error)).describe(),
        later());
  }

  /** The thread was interrupted before the answer was whole. */
  public FailureException interrupted() {
    return failure(
        Kind.INCOMPLETE, where() + " was left before it had answered", "run the same again");
  }

  /** An event is not what the protocol says. */
  public FailureException event(String data) {
    return failure(
        Kind.UPSTREAM_PROTOCOL,
        where() + " sent an event that cannot be read: " + safe(data),
        "check that "
            + addressSetting()
            + " is the address of an API that streams chat completions");
  }

  /** The stream broke off while the answer came. */
  public FailureException broken(IOException cause) {
    return switch (cause) {
      case UpstreamBody.StalledException e -> stalled(e.limit());
      case EndlessEventException e -> event(said(e));
      default -> incomplete("the connection broke off");
    };
  }

  /** The stream ended in good order, but the answer had not. */
  public FailureException incomplete() {
    return incomplete("the stream ended");
  }

  /**
   * The same where what would have said that it had is described in the settings.
   *
   * @param lacking why it counts as missing
   */
  public FailureException incomplete(UpstreamBody body, String lacking, String remedy) {
    return failure(
        Kind.INCOMPLETE,
        "the stream ended before %s said that the answer is whole: %s; %s"
            .formatted(where(), lacking, began(body.beginning())),
        remedy);
  }

  static String spelt(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }

  private String addressSetting() {
    return setting(endpoint.names().address());
  }

  private String setting(String leaf) {
    return endpoint.names().setting(leaf);
  }

  private String addressRemedy(String purpose) {
    return "check that " + addressSetting() + " is the address of an API for " + purpose;
  }

  private String later() {
    return "ask again later, or name another model in " + setting("model");
  }

  private String answered(int status, String contentType, String what, String beginning) {
    return "%s answered %d with %s and %s; %s"
        .formatted(
            where(),
            status,
            contentType.isEmpty() ? "no content type" : safe(contentType),
            what,
            began(beginning));
  }

  private String began(String beginning) {
    return beginning.isBlank() ? "it was empty" : "it began with: " + safe(beginning);
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
        "ask again, or raise "
            + setting(limit.equals(timeouts().idle()) ? "idleTimeout" : "firstTokenTimeout")
            + " if the model is that slow");
  }

  private FailureException unreachable(String problem, String remedy) {
    return failure(Kind.UPSTREAM_UNREACHABLE, problem, remedy);
  }

  private FailureException failure(Kind kind, String problem, String remedy) {
    return new FailureException(kind, redact(problem), remedy);
  }

  private String remedy(int status) {
    return switch (status / 100) {
      case 3 -> "set " + addressSetting() + " to the address that the server redirects to";
      case 4 -> "change what the server objects to; " + setting("model") + " is " + model;
      default -> later();
    };
  }

  private String proxyProblem(String problem) {
    return endpoint.proxy() == null
        ? problem
        : "the proxy " + endpoint.proxy() + " wants to know who asks: " + problem;
  }

  private String proxyRemedy() {
    Secret login = endpoint.proxy() == null ? null : endpoint.proxy().login();
    return login == null
        ? "put user and password into the proxy's address, such as"
            + " http://user:password@proxy.example:3128, in llm.proxy or HTTPS_PROXY and HTTP_PROXY"
        : "check user and password of the proxy in " + login.source();
  }

  private String keyRemedy() {
    Secret key = endpoint.sentKey();
    String variable = endpoint.names().keyVariable();
    if (key != null && !key.reveal().isBlank()) {
      return "check the key in "
          + key.source()
          + (key.source().equals(key.placeholder()) ? ", or set " + setting("apiKey") : "");
    }
    if (variable == null) {
      return "set "
          + setting("apiKey")
          + ", for example to ${MODEL_KEY} with the server's key in that variable";
    }
    return key == null
        ? "set "
            + setting("apiKey")
            + ", for example to ${"
            + variable
            + "}: by itself that variable's key is not sent to an address of the settings"
        : "put the key into the environment variable " + variable + ", or set " + setting("apiKey");
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
