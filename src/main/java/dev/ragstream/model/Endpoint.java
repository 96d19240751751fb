package dev.ragstream.model;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a model's server is and how to speak to it.
 *
 * @param baseUrl an http or https address
 * @param key null where the server wants none; one that reveals a blank is not sent
 * @param headers sent with each request, over those of the same name that are sent anyway
 */
public record Endpoint(
    URI baseUrl, @Nullable Secret key, Map<String, Secret> headers, Timeouts timeouts) {

  public Endpoint {
    headers = Map.copyOf(headers);
    boolean web = "http".equals(baseUrl.getScheme()) || "https".equals(baseUrl.getScheme());
    if (!web || baseUrl.getHost() == null) {
      throw new FailureException(
          Failure.Kind.SETTINGS,
          "the address of the model's server, " + shown(baseUrl) + ", is no http or https address",
          "set llm.baseUrl to an address such as http://localhost:8000/v1");
    }
  }

  /** The address of one of the server's resources. */
  URI resolve(String path) {
    String base = baseUrl.toString();
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }

  boolean encrypted() {
    return "https".equals(baseUrl.getScheme());
  }

  /** An address as messages show it: without user, password and query, where keys may be. */
  static String shown(URI url) {
    if (url.getHost() == null) {
      return SafeText.shortened(url.toString());
    }
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port + url.getRawPath();
  }

  /** The text with each secret, should a server have echoed it, replaced by its placeholder. */
  String redact(String text) {
    String redacted = text;
    for (Secret secret :
        Stream.concat(Stream.ofNullable(key), headers.values().stream()).toList()) {
      String value = secret.reveal();
      redacted = replace(redacted, value, secret);
      redacted = replace(redacted, value.substring(value.lastIndexOf(' ') + 1), secret);
    }
    return redacted;
  }

  private static String replace(String text, String value, Secret secret) {
    return value.isBlank() ? text : text.replace(value, Objects.toString(secret));
  }
}
