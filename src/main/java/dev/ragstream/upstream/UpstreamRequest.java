package dev.ragstream.upstream;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Secret;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request to a model's server, which can be sent and can be shown as a curl command.
 *
 * @param accept the media type that is expected in return
 * @param headers those that hold secrets or come from the settings; one that reveals a blank is not
 *     sent
 * @param body JSON, sent with POST; null: GET
 */
public record UpstreamRequest(
    URI url, String accept, Map<String, Secret> headers, @Nullable String body) {

  /** The media type of server-sent events. */
  public static final String EVENT_STREAM = "text/event-stream";

  public static final String JSON = "application/json";

  public UpstreamRequest {
    Map<String, Secret> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers);
    headers = sorted;
  }

  /**
   * The request for the JDK's client.
   *
   * @param more headers that only the way there needs
   */
  HttpRequest toHttp(Duration untilHeaders, Map<String, Secret> more) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(untilHeaders);
    if (body != null) {
      request.POST(BodyPublishers.ofString(body));
    }
    always().forEach(request::setHeader);
    headers.forEach((name, value) -> setHeader(request, name, value));
    more.forEach((name, value) -> setHeader(request, name, value));
    return request.build();
  }

  /** The same request for a shell, with each secret as its placeholder. */
  public String toCurl() {
    StringBuilder command = new StringBuilder("curl --no-buffer ").append(quoted(url.toString()));
    always()
        .forEach((name, value) -> {
          if (!headers.containsKey(name)) {
            command.append(" \\\n  -H ").append(quoted(name + ": " + value));
          }
        });
    headers.forEach((name, value) ->
        command.append(" \\\n  -H ").append(expanding(name + ": " + value.placeholder())));
    if (body != null) {
      command.append(" \\\n  --data-raw ").append(quoted(body));
    }
    return command.toString();
  }

  private Map<String, String> always() {
    Map<String, String> always = new TreeMap<>(Map.of("Accept", accept));
    if (body != null) {
      always.put("Content-Type", JSON);
    }
    return always;
  }

  private static void setHeader(HttpRequest.Builder request, String name, Secret value) {
    String revealed = value.reveal();
    if (revealed.isBlank()) {
      return;
    }
    try {
      request.setHeader(name, revealed);
    } catch (IllegalArgumentException e) {
      // Its message holds the value: it must not travel as a cause.
      throw new FailureException(
          Failure.Kind.SETTINGS,
          "the header "
              + SafeText.shortened(name)
              + " with "
              + value.placeholder()
              + " is none that HTTP can send",
          "check its name, and its value for line breaks and characters that are not ASCII");
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** Quoted so that the shell still puts variables in. */
  private static String expanding(String text) {
    return "\"" + text.replaceAll("[\\\\\"`]", "\\\\$0") + "\"";
  }
}
