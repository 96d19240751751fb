package dev.ragstream.server;

import static dev.ragstream.server.TestServer.PATIENCE_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.ScriptedModel;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How much a client may ask, on every route and over WebSocket. */
class LimitsTest {

  /** Where a question is answered. */
  private static final List<String> ANSWERING =
      List.of(
          "/stream",
          "/stream?wire=classic",
          "/api/ask",
          "/api/runs",
          "/api/chat",
          "/v1/chat/completions");

  @Test
  void whoAsksMoreAtATimeThanAllowedIsToldWhenToAskAgain() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    ScriptedModel model =
        new ScriptedModel(_ -> {
          asked.complete(null);
          new CountDownLatch(1).await();
        });
    try (TestServer server = new TestServer(model, options(1, null));
        Socket _ = server.posted("/stream", Knocking.body("/stream"))) {
      asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      for (String path : ANSWERING) {
        HttpResponse<String> refused = server.send(server.post(path, Knocking.body(path)));
        assertThat(refused.statusCode()).as(path).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).as(path).hasValue("1");
      }
      assertThatASocketIsRefused(server, 1);
      assertThat(server.backend.open).hasValue(1);
      // What is no answer of a model is not counted.
      assertThat(server.send(server.post("/api/search", Knocking.body("/api/search"))).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void whoAsksMoreInAMinuteThanAllowedIsToldWhenToAskAgain() throws Exception {
    ScriptedModel model = new ScriptedModel(reader -> reader.text("Yes."));
    try (TestServer server = new TestServer(model, options(10, 1))) {
      assertThat(server.send(server.post("/stream", Knocking.body("/stream"))).statusCode())
          .isEqualTo(200);
      for (String path : ANSWERING) {
        assertThatItIsLimited(server.send(server.post(path, Knocking.body(path))), path);
      }
      for (String path : List.of("/api/search", "/api/prompt")) {
        assertThatItIsLimited(server.send(server.post(path, Knocking.body(path))), path);
      }
      assertThatASocketIsRefused(server, 60);
      assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
      assertThat(server.get("/api/runs").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aFrameMayBeAsLargeAsTheSettingsSayAndNoLarger() throws Exception {
    try (TestServer server = TestServer.saying("Yes.");
        SocketClient client = new SocketClient(server);
        SocketClient classic = new SocketClient(server, "/ws_chat?wire=classic")) {
      String most = "{\"question\":\"Rain?\",\"x\":\"" + "x".repeat((16 << 10) - 27) + "\"}";
      assertThat(most.length()).isEqualTo(16 << 10);
      client.say(most);
      assertThat(client.hear().path("type").asString()).isEqualTo("retrieved");

      client.say(most + " ");
      classic.say(most + " ");

      assertThat(client.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1009);
      assertThat(classic.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1009);
      assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  private static void assertThatItIsLimited(HttpResponse<String> response, String path) {
    assertThat(response.statusCode()).as(path).isEqualTo(429);
    assertThat(response.headers().firstValue("Retry-After").map(Integer::parseInt).orElse(0))
        .as(path)
        .isBetween(1, 60);
  }

  private static void assertThatASocketIsRefused(TestServer server, int mostSeconds)
      throws Exception {
    try (SocketClient client = new SocketClient(server);
        SocketClient classic = new SocketClient(server, "/ws_chat?wire=classic")) {
      client.say("{\"id\":\"q\",\"question\":\"Rain?\"}");
      JsonNode refused = client.hear();
      assertThat(refused.path("type").asString()).isEqualTo("failed");
      assertThat(refused.path("id").asString()).isEqualTo("q");
      assertThat(refused.path("retryAfterSeconds").asInt(0)).isBetween(1, mostSeconds);
      classic.say("{\"question\":\"Rain?\"}");
      assertThat(classic.hear().path("code").asString()).isEqualTo("-1");
    }
  }

  private static ServerOptions options(int runs, @Nullable Integer perMinute) {
    return new ServerOptions(
        false,
        null,
        Set.of(),
        List.of(),
        runs,
        perMinute,
        Map.of(),
        null,
        null,
        Duration.ofMinutes(2));
  }
}
