package dev.ragstream.cli;

import static dev.ragstream.model.ScriptedServer.reset;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.elastic.ElasticNode;
import dev.ragstream.elastic.Nginx;
import dev.ragstream.elastic.Rest;
import dev.ragstream.elastic.TestAuthority;
import dev.ragstream.model.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user sees of a cluster's faults: one message with its remedy, the exit code 1, and no
 * stack trace.
 */
@ExtendWith(ElasticNode.class)
class ClusterFaultsTest {

  private final URI node;
  private final Path folder;
  private final Session session;
  private final String index = "faults-" + UUID.randomUUID();

  ClusterFaultsTest(URI node, @TempDir Path folder) {
    this.node = node;
    this.folder = folder;
    this.session = new Session(folder);
  }

  @BeforeEach
  void aDocument() throws IOException {
    Files.writeString(folder.resolve("ragstream.yaml"), "");
    Files.createDirectories(folder.resolve("docs"));
    Files.writeString(folder.resolve("docs/weather.md"), "# Weather\n\nCarry an umbrella.\n");
    session.environment("RAGSTREAM_STORE_TYPE", "elasticsearch");
    session.environment("RAGSTREAM_STORE_INDEX", index);
    session.environment("RAGSTREAM_RETRIEVAL_MODE", "lexical");
    at(node);
  }

  @AfterEach
  void removeIndices() {
    Rest.at(node).send("DELETE", "/" + index + "*?expand_wildcards=all", "");
  }

  @Test
  void aNodeThatIsDown() {
    at(URI.create("http://127.0.0.1:1"));
    assertTold(search(), "http://127.0.0.1:1 refused the connection", "store.url");
  }

  @Test
  void aConnectionThatBreaks() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      for (int i = 0; i < 9; i++) {
        server.script(reset());
      }
      at(server.url().resolve("/"));
      assertTold(search(), "broke off the connection", "run the command again");
    }
  }

  @Test
  void aClusterOfVersion8() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      String body =
          """
          {"error":{"type":"media_type_header_exception","reason":"Invalid media-type value on \
          headers [Accept, Content-Type]"},"status":400}\
          """;
      server.script(
          send(
              "HTTP/1.1 400 Bad Request\r\nX-Elastic-Product: Elasticsearch\r\n"
                  + "Content-Type: application/vnd.elasticsearch+json;compatible-with=8\r\n"
                  + "Content-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body));
      at(server.url().resolve("/"));
      assertTold(search(), "version 8 or older", "needs Elasticsearch 9");
    }
  }

  @Test
  void aPasswordThatIsMissing() throws IOException {
    try (Nginx nginx = Nginx.before(node).basicAuth("me", "secret").start(folder)) {
      at(nginx.url());
      assertTold(search(), "refused a request without credentials", "store.apiKey");
    }
  }

  @Test
  void aKeyThatMayDoNothing() throws IOException {
    try (Nginx nginx = Nginx.before(node).apiKey("good", "powerless").start(folder)) {
      at(nginx.url());
      session.environment("RAGSTREAM_STORE_API_KEY", "powerless");
      assertTold(search(), "unauthorized", "privilege");
    }
  }

  @Test
  void aCertificateThatNobodyTrusts() throws IOException {
    try (Nginx nginx = Nginx.before(node).tls(TestAuthority.in(folder)).start(folder)) {
      at(nginx.url());
      assertTold(search(), "certificate", "store.caFile");
    }
  }

  @Test
  void anIndexThatIsNotThere() {
    assertTold(search(), "index", "ragstream index");
  }

  @Test
  void aFullDisk() {
    assertThat(index().exitCode()).isZero();
    Rest.at(node)
        .send(
            "PUT", "/" + index + "*/_settings", "{\"index.blocks.read_only_allow_delete\": true}");
    assertThat(search().exitCode()).isZero();

    assertTold(changedIndex(), "too little free disk space", "free disk space");
  }

  @Test
  void anIndexThatNoNodeHolds() {
    Rest.at(node)
        .send(
            "PUT",
            "/" + index + "?wait_for_active_shards=0",
            """
            {"settings": {"index.routing.allocation.require.box": "none"},
             "mappings": {"properties": {"text": {"type": "text"}}}}
            """);
    session.environment("RAGSTREAM_STORE_FIELDS_TEXT", "text");
    assertTold(search(), "shard", "nodes that hold it");
  }

  @Test
  void aFieldOfAnotherType() {
    Rest.at(node)
        .send(
            "PUT",
            "/" + index,
            "{\"mappings\": {\"properties\": {\"text\": {\"type\": \"integer\"}}}}");
    assertTold(index(), index, "store.index");
  }

  @Test
  void anAliasOfTwoIndices() {
    for (String half : List.of("-a", "-b")) {
      Rest.at(node).send("PUT", "/" + index + half, "{\"aliases\": {\"%s\": {}}}".formatted(index));
    }
    assertTold(search(), index, "let it stand for one of them");
  }

  private void at(URI url) {
    session.environment("RAGSTREAM_STORE_URL", url.toString());
  }

  private Session.Outcome search() {
    return run("search", "umbrella");
  }

  private Session.Outcome index() {
    return run("-q", "index", "docs");
  }

  private Session.Outcome changedIndex() {
    try {
      Files.writeString(folder.resolve("docs/weather.md"), "# Weather\n\nLeave it at home.\n");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return index();
  }

  private Session.Outcome run(String... arguments) {
    return session.run(new ArrayList<>(List.of(arguments)), "");
  }

  private static void assertTold(Session.Outcome outcome, String problem, String remedy) {
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err()).doesNotContain("\tat ", "Exception:");
    List<String> lines = outcome.err().lines().toList();
    assertThat(lines).as(outcome.err()).hasSize(2);
    assertThat(lines.getFirst()).startsWith("error: ").contains(problem);
    assertThat(lines.getLast()).startsWith("  → ").contains(remedy);
  }
}
