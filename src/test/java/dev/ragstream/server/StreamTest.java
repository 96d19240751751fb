package dev.ragstream.server;

import static dev.ragstream.server.TestServer.PATIENCE_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.ScriptedModel;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code POST /stream} with native events. */
class StreamTest {

  private static final String QUESTION = "{\"question\":\"Rain?\"}";

  @Test
  void theEventsOfAnAnswerComeNamedAndNumbered() throws Exception {
    try (TestServer server = TestServer.saying("Yes", ",\nit 雨 rains [1].")) {
      HttpResponse<String> response = server.send(server.post("/stream", QUESTION));

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().map())
          .containsEntry("Content-Type", java.util.List.of("text/event-stream;charset=utf-8"))
          .containsEntry("Cache-Control", java.util.List.of("no-cache, no-transform"))
          .containsEntry("X-Accel-Buffering", java.util.List.of("no"))
          .containsKey("X-Ragstream-Run")
          .doesNotContainKey("Content-Encoding");
      assertThat(response.body().replaceAll("(?m)^(data: .{60}).*$", "$1…"))
          .isEqualTo(
              """
              event: retrieved
              id: 1
              data: {"type":"retrieved","passages":[{"n":1,"id":"weather.md#1","…

              event: prompt
              id: 2
              data: {"type":"prompt","template":"fixed","messages":[{"role":"use…

              event: text
              id: 3
              data: {"type":"text","text":"Yes"}

              event: text
              id: 4
              data: {"type":"text","text":",\\nit 雨 rains [1]."}

              event: completed
              id: 5
              data: {"type":"completed","finishReason":"stop","citations":[1],"u…

              """);
    }
  }

  @Test
  void anEventLeavesBeforeTheNextOneIsThere() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    ScriptedModel model =
        new ScriptedModel(reader -> {
          reader.text("first");
          seen.await();
          reader.text("second");
        });
    try (TestServer server = new TestServer(model);
        Socket socket = server.posted("/stream", QUESTION)) {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      while (!lines.readLine().contains("\"first\"")) {
        // not yet
      }
      seen.countDown();
      while (!lines.readLine().contains("\"second\"")) {
        // not yet
      }
    }
  }

  @Test
  void aClientThatLeavesBeforeTheFirstTokenStopsTheModel() throws Exception {
    CompletableFuture<Duration> stopped = new CompletableFuture<>();
    CompletableFuture<Void> asked = new CompletableFuture<>();
    ScriptedModel model = blocked(asked, stopped);
    try (TestServer server = new TestServer(model)) {
      Socket socket = server.posted("/stream", QUESTION);
      asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

      socket.close();

      stopped.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Test
  void aConnectionIsUsedAgainAfterAnAnswer() throws Exception {
    try (TestServer server = TestServer.saying("Yes.");
        Socket socket = server.posted("/stream", QUESTION)) {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      while (!lines.readLine().equals("0")) {
        // the chunks of the first answer
      }
      lines.readLine();
      socket
          .getOutputStream()
          .write(
              "GET /api/runs HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));

      assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  private static ScriptedModel blocked(
      CompletableFuture<Void> asked, CompletableFuture<Duration> stopped) {
    return new ScriptedModel(_ -> {
      long start = System.nanoTime();
      asked.complete(null);
      try {
        new CountDownLatch(1).await();
      } finally {
        stopped.complete(Duration.ofNanos(System.nanoTime() - start));
      }
    });
  }
}
