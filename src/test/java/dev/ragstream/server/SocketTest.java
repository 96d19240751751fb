package dev.ragstream.server;

import static dev.ragstream.server.TestServer.PATIENCE_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.ScriptedModel;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code /ws_chat} with native events. */
class SocketTest {

  @Test
  void severalQuestionsAreAnsweredAtOnceAndDoNotMix() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    ScriptedModel model =
        new ScriptedModel(reader -> {
          both.countDown();
          both.await();
          for (int i = 0; i < 100; i++) {
            reader.text(i + " ");
          }
        });
    try (TestServer server = new TestServer(model);
        SocketClient client = new SocketClient(server)) {
      client.say("{\"id\":\"a\",\"question\":\"Rain?\"}");
      client.say("{\"id\":\"b\",\"question\":\"Sun?\"}");

      List<JsonNode> frames = new ArrayList<>();
      while (frames.stream().filter(frame -> type(frame).equals("completed")).count() < 2) {
        frames.add(client.hear());
      }
      for (String id : List.of("a", "b")) {
        List<JsonNode> own =
            frames.stream().filter(frame -> frame.path("id").asString().equals(id)).toList();
        assertThat(own.stream().map(frame -> frame.path("run").asString()).distinct()).hasSize(1);
        assertThat(own.stream().map(SocketTest::type).distinct())
            .containsExactly("retrieved", "prompt", "text", "completed");
        StringBuilder text = new StringBuilder();
        own.forEach(
            frame -> text.append(type(frame).equals("text") ? frame.get("text").asString() : ""));
        assertThat(text.toString()).startsWith("0 1 2 ").endsWith(" 98 99 ").hasSize(290);
      }
    }
  }

  @Test
  void whatIsWrongWithAMessageIsToldAndTheSocketLives() throws Exception {
    try (TestServer server = TestServer.saying("Yes.");
        SocketClient client = new SocketClient(server)) {
      for (String message :
          List.of(
              "{",
              "[]",
              "17",
              "{\"question\":17}",
              "{\"question\":\" \"}",
              "{}",
              "{\"type\":\"cancel\",\"id\":\"none\"}")) {
        client.say(message);
        JsonNode frame = client.hear();
        assertThat(type(frame)).as(message).isEqualTo("failed");
        assertThat(frame.path("problem").asString()).isNotBlank();
        assertThat(frame.path("remedy").asString()).isNotBlank();
      }
      client.say("{\"question\":\"{heartbeat}\"}");
      client.say("{heartbeat}");
      client.say("{\"question\":\"Rain?\"}");
      assertThat(type(client.hear())).isEqualTo("retrieved");
    }
  }

  @Test
  void aMessageOfAnUnknownTypeIsToldWhichThereAre() throws Exception {
    try (TestServer server = TestServer.saying("Yes.");
        SocketClient client = new SocketClient(server)) {
      client.say("{\"type\":\"weird\"}");
      assertThat(client.hear().path("problem").asString()).contains("'weird'", "'cancel'");
    }
  }

  /** As behind a proxy that keeps the headers of an upgrade to itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept: */*",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Connection: Upgrade\r\nUpgrade: h2c\r\nSec-WebSocket-Version: 13",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 12"
      })
  void aRequestThatAsksForNoSocketIsToldToAskForOne(String headers) throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      Knocking.Answer answer =
          new Knocking("GET /ws_chat", List.of("Host: localhost", headers)).send(server.port());
      assertThat(answer.status()).isEqualTo(426);
      assertThat(answer.headers())
          .contains("Upgrade: websocket", "Sec-WebSocket-Version: 13")
          .anyMatch(header -> header.startsWith("Connection: Upgrade"))
          .noneMatch(header -> header.startsWith("Set-Cookie"));
      HttpResponse<String> plain = server.get("/ws_chat");
      assertThat(plain.statusCode()).isEqualTo(426);
      assertThat(plain.body()).contains("\"remedy\":\"open ws://");
    }
  }

  @Test
  void theSocketTakesNoOtherMethod() throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      HttpResponse<String> refused =
          server.send(server.post("/ws_chat", "{\"question\":\"Rain?\"}"));
      assertThat(refused.statusCode()).isEqualTo(405);
      assertThat(refused.headers().firstValue("Allow")).hasValue("GET");
      assertThat(server.get("/metrics").body()).contains("route=\"/ws_chat\"");
    }
  }

  @Test
  void aQuestionCanBeCancelled() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    ScriptedModel model =
        new ScriptedModel(_ -> {
          asked.complete(null);
          new CountDownLatch(1).await();
        });
    try (TestServer server = new TestServer(model);
        SocketClient client = new SocketClient(server)) {
      client.say("{\"id\":\"a\",\"question\":\"Rain?\"}");
      asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      client.say("{\"type\":\"cancel\",\"id\":\"a\"}");

      assertThat(type(client.hear())).isEqualTo("retrieved");
      assertThat(type(client.hear())).isEqualTo("prompt");
      assertThat(type(client.hear())).isEqualTo("cancelled");
    }
  }

  @Test
  void aClientThatLeavesStopsTheModel() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    ScriptedModel model =
        new ScriptedModel(_ -> {
          asked.complete(null);
          try {
            new CountDownLatch(1).await();
          } finally {
            stopped.complete(null);
          }
        });
    try (TestServer server = new TestServer(model);
        SocketClient client = new SocketClient(server)) {
      client.say("{\"question\":\"Rain?\"}");
      asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

      client.socket.abort();

      stopped.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Test
  void aMessageThatIsTooLargeEndsTheSocketWith1009() throws Exception {
    try (TestServer server = TestServer.saying("Yes.");
        SocketClient client = new SocketClient(server)) {
      client.say("{\"question\":\"" + "x".repeat(20_000) + "\"}");

      assertThat(client.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1009);
    }
  }

  @Test
  void aServerThatStopsEndsTheAnswerAndTheSocketWith1001() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    ScriptedModel model =
        new ScriptedModel(_ -> {
          asked.complete(null);
          new CountDownLatch(1).await();
        });
    TestServer server = new TestServer(model);
    try (SocketClient client = new SocketClient(server)) {
      client.say("{\"question\":\"Rain?\"}");
      asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      client.hear();
      client.hear();

      server.close();

      assertThat(type(client.hear())).isEqualTo("cancelled");
      assertThat(client.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1001);
    }
  }

  private static String type(JsonNode frame) {
    return frame.path("type").asString();
  }
}
