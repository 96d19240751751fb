package dev.ragstream.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may come in. A page of another server in a user's browser may not, whatever name its
 * server gives to this one (DNS rebinding); nor anybody without the token where there is one.
 */
record Guard(ServerOptions options) {

  /** A name, an IPv4 address or an IPv6 address in brackets, and a port. */
  private static final Pattern AUTHORITY =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::(\\d{1,5}))?");

  private static final Pattern ORIGIN = Pattern.compile("(https?)://([^/\\s@?#]+)");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  private static final Refusal UNAUTHORIZED =
      new Refusal(
          401,
          "this server wants a token",
          "send the header Authorization: Bearer TOKEN, with what serve.token holds");

  /** Why a request may not come in; nothing where it may. */
  Optional<Refusal> refusal(Knock knock) {
    Optional<Refusal> foreign = foreignHost(knock).or(() -> foreignOrigin(knock));
    if (foreign.isPresent() || knock.preflight() || tokenFits(knock.authorization())) {
      return foreign;
    }
    return Optional.of(UNAUTHORIZED);
  }

  /** Whether a page of another server may ask, and read the answer. */
  boolean allowsCrossOrigin(@Nullable String origin) {
    return origin != null && options.origins().contains(origin.toLowerCase(Locale.ROOT));
  }

  private Optional<Refusal> foreignHost(Knock knock) {
    Matcher authority = AUTHORITY.matcher(knock.host() == null ? "" : knock.host());
    if (!authority.matches()) {
      return Optional.of(
          new Refusal(
              403, "the request names no host", "send a Host header such as localhost:5759"));
    }
    String name = authority.group(1).toLowerCase(Locale.ROOT);
    boolean known =
        LOOPBACK.matcher(name).matches()
            || name.equals(bracketed(knock.localAddress()))
            || options.hosts().contains(name);
    return known
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                403, "this server is not called " + name, "if it is, add the name to serve.hosts"));
  }

  private Optional<Refusal> foreignOrigin(Knock knock) {
    String origin = knock.origin();
    if (origin == null || allowsCrossOrigin(origin)) {
      return Optional.empty();
    }
    Matcher web = ORIGIN.matcher(origin);
    if (web.matches() && sameAuthority(web.group(1), web.group(2), knock.host())) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            403,
            "pages of another server may not ask this one",
            "if this page may, add its origin to serve.cors, such as http://localhost:5173"));
  }

  private static boolean sameAuthority(String scheme, String origin, @Nullable String host) {
    String port = scheme.equals("https") ? ":443" : ":80";
    return host != null && withPort(origin, port).equals(withPort(host, port));
  }

  private static String withPort(String authority, String standard) {
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      return "";
    }
    String name = parts.group(1).toLowerCase(Locale.ROOT);
    return name + (parts.group(2) == null ? standard : ":" + parts.group(2));
  }

  private static String bracketed(String address) {
    return address.contains(":") && !address.startsWith("[") ? "[" + address + "]" : address;
  }

  /** Takes the same time for every token of the same length. */
  private boolean tokenFits(@Nullable String authorization) {
    if (options.token() == null) {
      return true;
    }
    byte[] wanted = options.token().reveal().getBytes(StandardCharsets.UTF_8);
    byte[] shown = token(authorization).getBytes(StandardCharsets.UTF_8);
    return wanted.length > 0 && MessageDigest.isEqual(wanted, shown);
  }

  /** Of a program, as a bearer token; of a browser that asked its user, as a password. */
  private static String token(@Nullable String authorization) {
    if (authorization == null) {
      return "";
    }
    int space = authorization.indexOf(' ');
    String scheme = authorization.substring(0, Math.max(space, 0)).toLowerCase(Locale.ROOT);
    String value = authorization.substring(space + 1).strip();
    return switch (scheme) {
      case "bearer" -> value;
      case "basic" -> password(value);
      default -> "";
    };
  }

  private static String password(String basic) {
    try {
      String pair = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
