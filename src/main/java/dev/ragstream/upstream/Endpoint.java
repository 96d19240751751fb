package dev.ragstream.upstream;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.ProxyAddress;
import dev.ragstream.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a model's server is and how to speak to it.
 *
 * @param baseUrl an http or https address
 * @param key null where the server wants none; one that reveals a blank is not sent
 * @param headers sent with each request, over those of the same name that are sent anyway
 * @param proxy an HTTP proxy that is asked in the server's place; null: none
 * @param unsent further secrets of the user, such as keys of other servers: not sent, and not shown
 *     should this server say them
 */
public record Endpoint(
    URI baseUrl,
    @Nullable Secret key,
    Map<String, Secret> headers,
    @Nullable ProxyAddress proxy,
    List<Secret> unsent,
    Timeouts timeouts,
    Names names) {

  /** Where providers look for keys. */
  private static final Set<String> KEY_HEADERS =
      Set.of("authorization", "x-api-key", "x-goog-api-key", "api-key");

  /** Without a proxy, for somebody with no other secrets. */
  public Endpoint(
      URI baseUrl,
      @Nullable Secret key,
      Map<String, Secret> headers,
      Timeouts timeouts,
      Names names) {
    this(baseUrl, key, headers, null, List.of(), timeouts, names);
  }

  /**
   * What messages call its settings.
   *
   * @param section the settings' section: {@code llm}
   * @param address the setting within it that holds the address: {@code baseUrl}
   * @param keyVariable the environment variable that the provider's key usually stands in; null
   *     where its users have none
   */
  public record Names(String section, String address, @Nullable String keyVariable) {

    public Names(String section, @Nullable String keyVariable) {
      this(section, "baseUrl", keyVariable);
    }

    /** A setting as people write it: {@code llm.baseUrl}. */
    public String setting(String leaf) {
      return section + "." + leaf;
    }
  }

  public Endpoint {
    headers = Map.copyOf(headers);
    unsent = List.copyOf(unsent);
    boolean web = "http".equals(baseUrl.getScheme()) || "https".equals(baseUrl.getScheme());
    if (!web || baseUrl.getHost() == null) {
      throw new FailureException(
          Failure.Kind.SETTINGS,
          "the address of the model's server, " + shown(baseUrl) + ", is no http or https address",
          "set "
              + names.setting(names.address())
              + " to an address such as http://localhost:8000/v1");
    }
  }

  /** The same for somebody who only looks: nothing may take longer than this. */
  public Endpoint within(Duration limit) {
    Timeouts shorter =
        new Timeouts(
            least(timeouts.connect(), limit),
            least(timeouts.firstToken(), limit),
            least(timeouts.idle(), limit));
    return new Endpoint(baseUrl, key, headers, proxy, unsent, shorter, names);
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** The address of one of the server's resources. */
  public URI resolve(String path) {
    String base = baseUrl.toString();
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }

  /**
   * The headers of a request.
   *
   * @param name the header that this provider wants its key in
   * @param prefix what stands before the key there
   */
  public Map<String, Secret> headersWithKey(String name, String prefix) {
    Map<String, Secret> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (key != null) {
      all.put(name, key.prefixed(prefix));
    }
    all.putAll(headers);
    return all;
  }

  /** The headers of a request to a server that takes its key as a bearer token. */
  public Map<String, Secret> bearerHeaders() {
    return headersWithKey("Authorization", "Bearer ");
  }

  /** What is sent as a key: a header that takes its place, where one is set. */
  @Nullable Secret sentKey() {
    return headers.entrySet().stream()
        .filter(header -> KEY_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT)))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(key);
  }

  boolean encrypted() {
    return "https".equals(baseUrl.getScheme());
  }

  /** An address as messages show it: without user, password and query, where keys may be. */
  public static String shown(URI url) {
    if (url.getHost() == null) {
      return SafeText.shortened(url.toString());
    }
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port + url.getRawPath();
  }

  /**
   * Whatever must not be shown of what is exchanged with the server.
   *
   * @param shortest values with fewer characters are left alone
   */
  public Redaction redaction(int shortest) {
    return Redaction.of(
        Stream.of(
                Stream.ofNullable(key),
                headers.values().stream(),
                Stream.ofNullable(proxy).flatMap(each -> each.secrets().stream()))
            .flatMap(Function.identity())
            .toList(),
        shortest,
        unsent);
  }

  /** The text with each secret, should a server have echoed it, replaced by its placeholder. */
  String redact(String text) {
    return redaction(1).apply(text);
  }
}
