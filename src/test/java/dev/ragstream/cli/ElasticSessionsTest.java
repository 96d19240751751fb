package dev.ragstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.elastic.ElasticNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays the sessions in src/test/resources/elasticsearch-sessions against a real node. It has the
 * address {@code $ELASTICSEARCH_URL}, the profile {@code es} leads to it as well, and it holds an
 * index {@code $FAQ} of questions and answers that somebody else filled.
 */
@ExtendWith(ElasticNode.class)
class ElasticSessionsTest {

  private final URI node;
  private final String index = "sessions-" + UUID.randomUUID();

  ElasticSessionsTest(URI node) {
    this.node = node;
  }

  @BeforeEach
  void anIndexOfSomebodyElse() throws Exception {
    put(
        "",
        """
        {"mappings": {"properties": {
          "question": {"type": "text"}, "answer": {"type": "text"}, "lang": {"type": "keyword"}}}}
        """);
    put(
        "/_doc/1?refresh=true",
        """
        {"question": "Should I carry an umbrella?", "answer": "Yes, rain sets in at eleven.", "lang": "en"}
        """);
    put(
        "/_doc/2?refresh=true",
        """
        {"question": "What does a swim cost?", "answer": "A swim costs five euros.", "lang": "en"}
        """);
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void sessionGoesAsWritten(Path script, @TempDir Path folder) throws IOException {
    Session session = new Session(folder.toRealPath());
    session.environment("ELASTICSEARCH_URL", node.toString());
    session.environment("FAQ", index + "-faq");
    session.environment("RAGSTREAM_STORE_URL", node.toString());
    session.environment("RAGSTREAM_STORE_INDEX", index);

    session.play(Files.readAllLines(script));
  }

  static List<Path> sessions() {
    return Session.scripts("/elasticsearch-sessions");
  }

  private void put(String path, String json) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(node.resolve("/" + index + "-faq" + path))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
    }
  }
}
