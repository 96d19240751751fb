package dev.ragstream.elastic;

import static dev.ragstream.elastic.Clusters.at;
import static dev.ragstream.elastic.Clusters.toldOf;
import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch._types.Refresh;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Connections that end while they are idle, or when they are used again. */
@ExtendWith(ElasticNode.class)
class LostConnectionTest {

  private final String index = "lost-connection-" + UUID.randomUUID();

  LostConnectionTest(URI node) {
    var made =
        Rest.at(node)
            .send(
                "PUT",
                "/" + index,
                """
                {"settings": {"number_of_replicas": 0},
                 "mappings": {"properties": {"text": {"type": "text"}}}}
                """);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
  }

  @Test
  void aConnectionThatEndsWhenItIsUsedAgainIsReplacedAndNothingIsLost(URI node) throws IOException {
    try (FragileLine line = new FragileLine(node);
        Connection connection = new Connection(at(line.url()))) {
      load(connection, "rain");
      line.breakNext(1);
      load(connection, "hail");

      assertThat(count(connection)).isEqualTo(2);
      assertThat(line.connections()).isEqualTo(2);
      connection.call(c -> c.indices().delete(d -> d.index(index)));
    }
  }

  @Test
  void aConnectionThatEndsAgainIsTold(URI node) throws IOException {
    try (FragileLine line = new FragileLine(node)) {
      line.breakNext(2);

      assertThat(toldOf(at(line.url())))
          .startsWith("STORE: Elasticsearch at " + line.url() + " broke off the connection\n");
    }
  }

  @Test
  void aConnectionThatEndedWhileItWasIdleIsReplaced(URI node, @TempDir Path folder)
      throws IOException {
    try (Nginx nginx = Nginx.before(node).keepAlive(Duration.ofSeconds(1)).start(folder);
        Connection connection = new Connection(at(nginx.url()))) {
      load(connection, "rain");
      awaitTheEndOfAnIdleConnection(nginx.url());
      load(connection, "hail");

      assertThat(count(connection)).isEqualTo(2);
      connection.call(c -> c.indices().delete(d -> d.index(index)));
    }
  }

  private void load(Connection connection, String text) {
    var answer =
        connection.call(c ->
            c.bulk(b ->
                b.refresh(Refresh.True)
                    .operations(o -> o.index(i -> i.index(index).document(Map.of("text", text))))));
    assertThat(answer.errors()).as(answer.toString()).isFalse();
  }

  private long count(Connection connection) {
    return connection.call(c -> c.count(s -> s.index(index))).count();
  }

  /** Opens one later than all others, and waits until the server closes it. */
  private static void awaitTheEndOfAnIdleConnection(URI url) throws IOException {
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /_cluster/health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      assertThat(in.readAllBytes()).isNotEmpty();
    }
  }
}
