package dev.ragstream.elastic;

import static dev.ragstream.elastic.Clusters.at;
import static dev.ragstream.elastic.Clusters.toldOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A real node of its own, which may do little and has an index that no node may hold. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitedClusterTest {

  private static final String OVERLOADED =
      """
      -> run the command again later; a cluster that is often overloaded needs more memory or nodes
      """;

  private static final String RED =
      """
      -> wait until the nodes that hold it are back, then run the command again; \
      GET _cluster/allocation/explain tells what is missing
      """;

  private final ElasticCluster cluster =
      ElasticCluster.start(
          1,
          "http.max_content_length=1mb",
          "network.breaker.inflight_requests.limit=500kb",
          "indexing_pressure.memory.limit=10kb",
          "search.max_open_scroll_context=0");

  private final URI url = cluster.url();
  private final TroubledIndex red = TroubledIndex.red(url);

  @BeforeAll
  void makeIndex() {
    Rest.at(url).send("PUT", "/weather", "{\"settings\": {\"number_of_replicas\": 0}}");
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @Test
  void moreThanTheNodeCanQueue() {
    assertThat(told(loading(20_000)))
        .startsWith(
            """
            STORE: Elasticsearch at URL is overloaded: rejected execution of coordinating \
            operation [\
            """)
        .endsWith(" (es_rejected_execution_exception)\n" + OVERLOADED);
  }

  @Test
  void moreThanTheNodeCanHold() {
    assertThat(told(loading(700_000)))
        .startsWith(
            """
            STORE: Elasticsearch at URL is overloaded: [inflight_requests] Data too large, data \
            for [<http_request>] would be [\
            """)
        .endsWith(" (circuit_breaking_exception)\n" + OVERLOADED);
  }

  @Test
  void moreThanTheNodeTakes() {
    assertThat(told(loading(1_500_000)))
        .isEqualTo(
            """
            STORE: Elasticsearch at URL does not take a request of this size
            -> raise the limit: client_max_body_size of an nginx before the cluster, or \
            http.max_content_length of its nodes
            """);
  }

  @Test
  void moreOpenSearchesThanTheNodeAllows() {
    assertThat(
            told(client ->
                client.search(s -> s.index("weather").scroll(t -> t.time("1m")), Map.class)))
        .isEqualTo(
            """
            STORE: Elasticsearch at URL has too many searches open: Trying to create too many \
            scroll contexts. Must be less than or equal to: [0]. This limit can be set by \
            changing the [search.max_open_scroll_context] setting. \
            (too_many_scroll_contexts_exception)
            -> wait some minutes until those that were left open expire, or raise \
            search.max_open_scroll_context of the cluster
            """);
  }

  @Test
  void aSearchInARedIndex() {
    assertThat(red.told(client -> client.search(s -> s.index(red.name()), Map.class)))
        .isEqualTo(
            """
            STORE: Elasticsearch at URL cannot reach all parts of the index; its health is red: \
            no_shard_available_action_exception
            """
                + RED);
  }

  @Test
  void aSnapshotOfARedIndex() {
    assertThat(
            red.told(client ->
                client.openPointInTime(o -> o.index(red.name()).keepAlive(k -> k.time("1m")))))
        .isEqualTo(
            """
            STORE: Elasticsearch at URL cannot reach all parts of the index; its health is red: \
            Search rejected due to missing shards [[INDEX][0]]. Consider using \
            `allow_partial_search_results` setting to bypass this error. \
            (search_phase_execution_exception)
            """
                + RED);
  }

  @Test
  void writingToARedIndex() {
    assertThat(
            red.told(client ->
                client.index(
                    i -> i.index(red.name()).timeout(t -> t.time("1ms")).document(Map.of()))))
        .startsWith(
            """
            STORE: Elasticsearch at URL cannot reach all parts of the index; its health is red: \
            [INDEX][0] primary shard is not active Timeout: [1ms], request: \
            """)
        .endsWith(RED);
  }

  private String told(Connection.Action<?> action) {
    return toldOf(at(url), action).replace(url.toString(), "URL");
  }

  private static Connection.Action<?> loading(int bytes) {
    return client ->
        client.index(i -> i.index("weather").document(Map.of("text", "x".repeat(bytes))));
  }
}
