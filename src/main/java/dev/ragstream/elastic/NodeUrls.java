package dev.ragstream.elastic;

import dev.ragstream.core.Failure.Kind;
import dev.ragstream.core.FailureException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import org.apache.hc.core5.http.HttpHost;

/** The addresses of a cluster's nodes, taken apart for the client and put together for people. */
record NodeUrls(List<URI> urls) {

  List<HttpHost> hosts() {
    return urls.stream().map(url -> host(base(url))).toList();
  }

  /**
   * The path before those of the API, without a slash at its end, such as {@code /search}.
   *
   * @throws FailureException of kind {@code SETTINGS} where the nodes have different ones
   */
  String path() {
    List<String> paths = urls.stream().map(NodeUrls::path).distinct().toList();
    if (paths.size() > 1) {
      throw new FailureException(
          Kind.SETTINGS,
          "the addresses in store.url have different paths: " + shown(),
          "give all of them the same path, or none");
    }
    return paths.getFirst();
  }

  /** Made from text: a URI has no host where its name has an underscore, as in local networks. */
  private static HttpHost host(String base) {
    try {
      return HttpHost.create(base);
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new FailureException(
          Kind.SETTINGS,
          "the address " + base + " in store.url cannot be used: " + e.getMessage(),
          "set store.url to an address such as http://localhost:9200");
    }
  }

  /** Without user, password and query, where secrets may be. */
  String shown() {
    return String.join(", ", urls.stream().map(url -> base(url) + path(url)).toList());
  }

  private static String base(URI url) {
    String authority = Objects.requireNonNullElse(url.getRawAuthority(), "");
    return url.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1);
  }

  private static String path(URI url) {
    return Objects.requireNonNullElse(url.getRawPath(), "").replaceFirst("/+$", "");
  }
}
