package dev.ragstream.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One test after the other, as two nodes at once are too many to lose. */
@Execution(ExecutionMode.SAME_THREAD)
class ElasticClusterTest {

  @AutoClose private static ElasticCluster cluster;

  @BeforeAll
  static void startThreeNodes() {
    cluster = ElasticCluster.start(3);
  }

  @Test
  void threeNodesOutliveTheFirst() {
    List<URI> urls = cluster.urls();
    Rest second = Rest.at(urls.get(1));
    second.send("PUT", "/weather/_doc/1?refresh=true", "{\"text\": \"rain\"}");
    assertThat(second.get("/_cluster/health?wait_for_status=green").statusCode()).isEqualTo(200);

    cluster.kill(1);

    assertThat(second.get("/_cluster/health?wait_for_nodes=2&timeout=60s").body())
        .contains("\"timed_out\":false");
    assertThat(second.get("/weather/_search?q=text:rain").body()).contains("\"_id\":\"1\"");

    cluster.restart();

    assertThat(cluster.urls()).isEqualTo(urls);
    assertThat(Rest.at(cluster.url()).get("/_cat/nodes?h=name").body().lines())
        .containsExactlyInAnyOrder("node-1", "node-2", "node-3");
  }

  @Test
  void aNodeThatHangsAnswersLater() {
    Rest third = Rest.at(cluster.urls().get(2));

    cluster.pause(3);

    CompletableFuture<HttpResponse<String>> answer =
        CompletableFuture.supplyAsync(
            () -> third.get("/_nodes/_local"), Thread::startVirtualThread);
    assertThatThrownBy(() -> answer.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);

    cluster.resume(3);

    assertThat(answer.join().body()).contains("\"name\":\"node-3\"");
  }
}
