package dev.ragstream.model;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Secret;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request to a model's server, which can be sent and can be shown as a curl command.
 *
 * @param headers those that hold secrets or come from the settings; one that reveals a blank is not
 *     sent
 * @param body JSON
 */
record UpstreamRequest(URI url, Map<String, Secret> headers, String body) {

  private static final Map<String, String> ALWAYS =
      new TreeMap<>(Map.of("Accept", "text/event-stream", "Content-Type", "application/json"));

  UpstreamRequest {
    Map<String, Secret> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers);
    headers = sorted;
  }

  HttpRequest toHttp(Duration untilHeaders) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).timeout(untilHeaders).POST(BodyPublishers.ofString(body));
    ALWAYS.forEach(request::setHeader);
    headers.forEach((name, value) -> setHeader(request, name, value));
    return request.build();
  }

  /** The same request for a shell, with each secret as its placeholder. */
  String toCurl() {
    StringBuilder command = new StringBuilder("curl --no-buffer ").append(quoted(url.toString()));
    ALWAYS.forEach((name, value) -> {
      if (!headers.containsKey(name)) {
        command.append(" \\\n  -H ").append(quoted(name + ": " + value));
      }
    });
    headers.forEach((name, value) ->
        command.append(" \\\n  -H ").append(expanding(name + ": " + value.placeholder())));
    return command.append(" \\\n  --data-raw ").append(quoted(body)).toString();
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
