package dev.ragstream.core;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy.
 *
 * @param address without user and password
 * @param login user and password as {@code user:password}; null where the proxy is told of nobody
 */
public record ProxyAddress(URI address, @Nullable Secret login) {

  private static final String SCHEME = "http://";

  /**
   * Reads {@code http://user:password@host:port}, in which the scheme, the login and the port may
   * be missing. What means something else in an address may be spelt as {@code %40} in the login.
   *
   * @param placeholder what people see in the login's place: {@code $HTTPS_PROXY}
   * @param source where a user finds it
   * @throws IllegalArgumentException without any part of the text, where it is no such address
   */
  public static ProxyAddress parse(String text, String placeholder, String source) {
    String whole = text.contains("://") ? text : SCHEME + text;
    int start = whole.indexOf("://") + "://".length();
    int at = whole.lastIndexOf('@');
    URI address;
    try {
      address = URI.create(whole.substring(0, start) + whole.substring(Math.max(start, at + 1)));
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(placeholder);
    }
    boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    String login = at < start ? "" : whole.substring(start, at);
    if (!web || address.getHost() == null || login.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException(placeholder);
    }
    String decoded = decoded(login);
    return new ProxyAddress(
        address, login.isEmpty() ? null : new Secret(placeholder, source, () -> decoded));
  }

  /** A per cent sign that begins no escape stands for itself, and so does a plus. */
  private static String decoded(String login) {
    try {
      return URLDecoder.decode(login.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return login;
    }
  }

  /** The header that says who asks; null where there is nobody to tell of. */
  public @Nullable Secret authorization() {
    return login == null ? null : encoded(login).prefixed("Basic ");
  }

  /** Whatever must not be shown: the login, its password alone, and both as the proxy gets them. */
  public List<Secret> secrets() {
    return login == null ? List.of() : List.of(login, password(login), encoded(login));
  }

  private static Secret password(Secret login) {
    return login.as(value -> value.substring(value.indexOf(':') + 1));
  }

  private static Secret encoded(Secret login) {
    return login.as(value ->
        Base64.getEncoder()
            .encodeToString(
                (value.contains(":") ? value : value + ":").getBytes(StandardCharsets.UTF_8)));
  }

  /** Leaves the login out. */
  @Override
  public String toString() {
    String shown = address.toString();
    return login == null ? shown : shown.replaceFirst("://", "://…@");
  }
}
