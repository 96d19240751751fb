package dev.ragstream.upstream;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.ProxyAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The proxies that the environment names, as most command-line tools read them. */
public final class Proxies {

  private Proxies() {}

  /**
   * The proxy on the way to an address; null where there is none. This machine itself is never
   * asked through one.
   *
   * @throws FailureException of kind {@code SETTINGS} where a variable holds no address
   */
  public static @Nullable ProxyAddress forAddress(URI address, Map<String, String> environment) {
    String name = "https".equals(address.getScheme()) ? "HTTPS_PROXY" : "HTTP_PROXY";
    String proxy = variable(environment, name);
    String host = address.getHost();
    if (proxy.isEmpty()
        || host == null
        || isLoopback(host)
        || isExcepted(host, address.getPort(), variable(environment, "NO_PROXY"))) {
      return null;
    }
    try {
      return ProxyAddress.parse(proxy, "$" + name, "$" + name);
    } catch (IllegalArgumentException _) {
      throw new FailureException(
          Failure.Kind.SETTINGS,
          "the variable " + name + " holds no address of a proxy",
          "set it to one such as http://proxy.example:3128, or unset it");
    }
  }

  private static String variable(Map<String, String> environment, String name) {
    return Stream.of(name.toLowerCase(Locale.ROOT), name)
        .map(each -> environment.getOrDefault(each, "").strip())
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  /** {@code example.com} and {@code .example.com} stand for all hosts below, too. */
  private static boolean isExcepted(String host, int port, String exceptions) {
    String asked = host.toLowerCase(Locale.ROOT);
    return List.of(exceptions.toLowerCase(Locale.ROOT).split("[,\\s]+")).stream()
        .map(each -> each.startsWith("*.") ? each.substring(1) : each)
        .anyMatch(each ->
            each.equals("*")
                || each.equals(asked)
                || each.equals(asked + ":" + port)
                || (!each.isEmpty() && asked.endsWith(each.startsWith(".") ? each : "." + each)));
  }
}
