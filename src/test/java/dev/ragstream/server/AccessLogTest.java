package dev.ragstream.server;

import static dev.ragstream.server.TestServer.PATIENCE_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.ScriptedModel;
import dev.ragstream.waiting.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code serve -v} says of each request and question that is over. */
class AccessLogTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String SECRET = "canary-5f1d";
  private static final String BODY =
      "{\"id\":\"q\",\"question\":\"%1$s?\",\"messages\":[{\"role\":\"user\",\"content\":\"%1$s?\"}],\"stream\":true}"
          .formatted(SECRET);

  @ParameterizedTest
  @CsvSource({
    "/stream, 200",
    "/stream?wire=classic, 200",
    "/v1/chat/completions, 200",
    "/api/chat, 200",
    "/api/ask, 400" // it takes no messages
  })
  void aFailureInAStreamIsNamedAfterItsStatus(String path, int status) throws Exception {
    try (TestServer server = new TestServer(failing())) {
      server.send(server.post(path, BODY));
      assertLine(
          server,
          "POST " + path.replaceFirst("\\?.*", ""),
          status + " in \\d+ ms" + (status == 200 ? ", failed: upstream_stalled" : ""));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api/ask, 504",
    "/v1/chat/completions, 504",
    "/api/search, 200" // asks no model
  })
  void aFailureThatIsTheStatusIsNamedBesideIt(String path, int status) throws Exception {
    try (TestServer server = new TestServer(failing())) {
      server.send(server.post(path, Knocking.body(path)));
      assertLine(
          server,
          "POST " + path,
          status + " in \\d+ ms" + (status == 504 ? ", failed: upstream_stalled" : ""));
    }
  }

  @Test
  void anAnswerThatIsWholeHasItsStatusAlone() throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      server.send(server.post("/stream", BODY));
      server.get("/healthz?token=" + SECRET);
      server.get("/no/such/route");
      assertLine(server, "POST /stream", "200 in \\d+ ms");
      assertLine(server, "GET /healthz", "200 in \\d+ ms");
      assertLine(server, "GET /no/such/route", "404 in \\d+ ms");
    }
  }

  @Test
  void aRefusalInAClassicStreamIsNamedToo() throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      server.send(server.post("/stream?wire=classic", "{}"));
      assertLine(server, "POST /stream", "200 in \\d+ ms, failed: usage");
    }
  }

  @Test
  void aCancelledStreamIsNamedSo() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    try (TestServer server = new TestServer(silent(asked))) {
      try (var stream = server.open(server.post("/stream", BODY)).body()) {
        asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        JsonNode runs = MAPPER.readTree(server.get("/api/runs").body());
        String run = runs.at("/runs/0/id").asString();
        server.send(server.request("/api/runs/" + run).DELETE());
        assertThat(stream.toList()).contains("event: cancelled");
      }
      assertLine(server, "POST /stream", "200 in \\d+ ms, cancelled");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/stream", "/api/ask", "/v1/chat/completions", "/api/chat"})
  void aClientThatLeavesItsAnswerIsNamedSo(String path) throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    try (TestServer server = new TestServer(silent(asked))) {
      try (var _ = server.posted(path, Knocking.body(path))) {
        asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      assertLine(server, "POST " + path, "200 in \\d+ ms, left early");
    }
  }

  @ParameterizedTest
  @CsvSource({"/ws_chat", "/ws_chat?wire=classic"})
  void everyQuestionOverAWebSocketHasALine(String path) throws Exception {
    try (TestServer server = TestServer.saying("Yes.");
        SocketClient client = new SocketClient(server, path)) {
      client.say(BODY);
      client.say(BODY);
      client.say("{\"question\":\"\"}");
      client.say("{");
      assertLine(server, "WS /ws_chat", "refused: usage in \\d+ ms", 2);
      assertLine(server, "WS /ws_chat, run [0-9a-f]{32}", "completed in \\d+ ms", 2);
    }
  }

  @Test
  void aQuestionOverAWebSocketThatFailsNamesItsKind() throws Exception {
    try (TestServer server = new TestServer(failing());
        SocketClient client = new SocketClient(server)) {
      client.say(BODY);
      assertLine(server, "WS /ws_chat, run .*", "failed: upstream_stalled in \\d+ ms");
    }
  }

  @Test
  void aQuestionThatIsCancelledOrLeftIsNamedSo() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    try (TestServer server = new TestServer(silent(asked));
        SocketClient client = new SocketClient(server)) {
      client.say(BODY);
      asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      client.say("{\"type\":\"cancel\",\"id\":\"q\"}");
      assertLine(server, "WS /ws_chat, run .*", "cancelled in \\d+ ms");
      client.say(BODY);
      while (!client.hear().path("type").asString().equals("prompt")) {
        // until the second one is being answered
      }
      client.socket.abort();
      assertLine(server, "WS /ws_chat, run .*", "left early in \\d+ ms");
    }
  }

  private static ScriptedModel failing() {
    return new ScriptedModel(reader -> {
      reader.text("Yes");
      throw new FailureException(Failure.Kind.UPSTREAM_STALLED, "it fell silent", "ask again");
    });
  }

  private static ScriptedModel silent(CompletableFuture<Void> asked) {
    return new ScriptedModel(reader -> {
      reader.text("Yes");
      asked.complete(null);
      new CountDownLatch(1).await();
    });
  }

  private static void assertLine(TestServer server, String what, String ended) throws Exception {
    assertLine(server, what, ended, 1);
  }

  /** A line comes when all is over, which a client does not see. */
  private static void assertLine(TestServer server, String what, String ended, int times)
      throws Exception {
    String wanted = "127\\.0\\.0\\.1 " + what + " → " + ended;
    Eventually.within(Duration.ofSeconds(PATIENCE_SECONDS))
        .see(
            times + " times " + wanted,
            () -> List.copyOf(server.accessLog),
            log -> log.stream().filter(line -> line.matches(wanted)).count() == times);
    assertThat(server.accessLog).noneMatch(line -> line.contains(SECRET));
  }
}
