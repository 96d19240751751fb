package dev.ragstream.elastic;

import static dev.ragstream.elastic.Clusters.at;

import java.net.URI;
import java.util.UUID;

/** An index of a test's own on a real node, where things go wrong. */
record TroubledIndex(URI url, String name) implements AutoCloseable {

  /**
   * Makes an index under a name that no other test has.
   *
   * @param json its settings and mapping
   */
  static TroubledIndex on(URI url, String json) {
    return make(url, "", json);
  }

  /** Makes one that no node may hold. */
  static TroubledIndex red(URI url) {
    return make(
        url,
        "?wait_for_active_shards=0",
        "{\"settings\": {\"index.routing.allocation.require.box\": \"none\"}}");
  }

  private static TroubledIndex make(URI url, String query, String json) {
    TroubledIndex index = new TroubledIndex(url, "troubled-" + UUID.randomUUID());
    index.send("PUT", query, json);
    return index;
  }

  /** Sends JSON to a path of the index. */
  void send(String method, String path, String json) {
    Rest.at(url).send(method, "/" + name + path, json);
  }

  /** What is told of a request, with {@code URL} and {@code INDEX} in place of the two names. */
  String told(Connection.Action<?> action) {
    return Clusters.toldOf(at(url), action).replace(url.toString(), "URL").replace(name, "INDEX");
  }

  @Override
  public void close() {
    send("DELETE", "", "");
  }
}
