package dev.ragstream.elastic;

import static dev.ragstream.elastic.Clusters.at;
import static dev.ragstream.elastic.Clusters.toAnswerWithin;
import static dev.ragstream.elastic.Clusters.toConnectWithin;
import static dev.ragstream.elastic.Clusters.told;
import static dev.ragstream.elastic.Clusters.toldOf;
import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.reset;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import dev.ragstream.model.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ElasticNode.class)
class UnansweredTest {

  private static final Duration BRIEF = Duration.ofMillis(250);

  /** No port that a test may be given, so that no server of another test answers there. */
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  @AutoClose private final ScriptedServer server = new ScriptedServer();
  private final URI url = server.url().resolve("/");
  private final String port = Integer.toString(url.getPort());

  @Test
  void aNodeThatIsDownRefusesTheConnection() {
    assertThat(toldOf(at(NOBODY)))
        .isEqualTo(
            """
            STORE: Elasticsearch at http://127.0.0.1:%d refused the connection
            -> check that it is running and that store.url is its address
            """
                .formatted(NOBODY.getPort()));
  }

  @Test
  void allNodesAreNamed() {
    URI nowhere = URI.create("http://canary:secret@localhost:" + NOBODY.getPort() + "/?key=secret");

    assertThat(toldOf(at(NOBODY, nowhere)))
        .isEqualTo(
            """
            STORE: Elasticsearch at http://127.0.0.1:%1$d, http://localhost:%1$d refused the connection
            -> check that it is running and that store.url is its address
            """
                .formatted(NOBODY.getPort()));
  }

  @Test
  void aHostWithoutAnAddressIsNamed() {
    assertThat(toldOf(at(URI.create("http://no-such-host.invalid:9200"))))
        .isEqualTo(
            """
            STORE: Elasticsearch at http://no-such-host.invalid:9200 cannot be found: \
            the host no-such-host.invalid has no known address
            -> check the name in store.url and that this machine is online
            """);
  }

  @Test
  void aHostThatDropsConnectionsTakesTooLong() throws IOException {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket _ = new Socket(full.getInetAddress(), full.getLocalPort());
        Socket _ = new Socket(full.getInetAddress(), full.getLocalPort())) {
      URI url = URI.create("http://127.0.0.1:" + full.getLocalPort());

      assertThat(toldOf(toConnectWithin(BRIEF, url)))
          .isEqualTo(
              """
              STORE: Elasticsearch at %s did not accept a connection within 250 ms
              -> check that it is running and that store.url is its address, or raise \
              store.connectTimeout
              """
                  .formatted(url));
    }
  }

  @Test
  void aNodeThatNeverAnswersIsSilent() {
    server.script();

    assertThat(toldOf(toAnswerWithin(BRIEF, url))).isEqualTo(silence());
  }

  @Test
  void aNodeThatStopsInItsAnswerIsSilent() {
    server.script(send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"));

    assertThat(toldOf(toAnswerWithin(BRIEF, url))).isEqualTo(silence());
  }

  @Test
  void aNodeThatNeverFinishesTheHandshakeIsSilent() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("https://127.0.0.1:" + silent.getLocalPort());

      assertThat(toldOf(toAnswerWithin(BRIEF, url)))
          .startsWith("STORE: Elasticsearch at " + url + " was silent for 250 ms\n");
    }
  }

  @Test
  void aResetThatComesAgainIsTold() {
    server.script(reset()).script(reset());

    assertThat(toldOf(at(url))).isEqualTo(broken());
  }

  @Test
  void anAnswerThatEndsTooSoonIsTold() {
    String half = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{";
    server.script(send(half), hangUp()).script(send(half), hangUp());

    assertThat(toldOf(at(url))).isEqualTo(broken());
  }

  @Test
  void aServerOfAnotherProtocolIsTold() {
    server.script(send("SSH-2.0-OpenSSH_9.2\r\n\r\n"));

    assertThat(toldOf(at(url)))
        .isEqualTo(
            """
            STORE: what answers at http://127.0.0.1:%s does not speak HTTP: \
            Invalid protocol version; error at offset 0: <SSH-2.0-OpenSSH_9.2>
            -> set store.url to the address and port of the cluster's HTTP API, such as \
            http://localhost:9200
            """
                .formatted(port));
  }

  @Test
  void httpsIsNotSpokenOnAPortForHttp(URI node) {
    URI https = URI.create(node.toString().replace("http:", "https:"));

    assertThat(toldOf(at(https)))
        .isEqualTo(
            """
            STORE: Elasticsearch at %s does not speak https on this port
            -> write http:// in store.url, or the port that speaks https
            """
                .formatted(https));
  }

  @Test
  void requestsInTheBackgroundTellTheSame() throws Exception {
    server.script(reset()).script(reset());

    assertThat(toldInTheBackground(at(NOBODY))).isEqualTo(toldOf(at(NOBODY)));
    assertThat(toldInTheBackground(at(url))).isEqualTo(broken());
  }

  private static String toldInTheBackground(Cluster cluster) throws Exception {
    try (Connection connection = new Connection(cluster)) {
      return new ElasticsearchAsyncClient(connection.client()._transport())
          .indices()
          .refresh()
          .handle((_, fault) -> told(connection.failure(fault).failure()))
          .get();
    }
  }

  private String silence() {
    return """
    STORE: Elasticsearch at http://127.0.0.1:%s was silent for 250 ms
    -> run the command again; if it happens every time, look into the cluster's log or raise \
    store.answerTimeout
    """
        .formatted(port);
  }

  private String broken() {
    return """
    STORE: Elasticsearch at http://127.0.0.1:%s broke off the connection
    -> run the command again; if it happens every time, look into the cluster's log; a node that \
    speaks https alone needs https:// in store.url
    """
        .formatted(port);
  }
}
