package dev.ragstream.server;

import static dev.ragstream.server.TestServer.PATIENCE_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.ScriptedModel;
import dev.ragstream.waiting.Eventually;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** {@code GET /metrics}, before and after something happened. */
class MetricsTest {

  private static final String QUESTION = "{\"question\":\"Rain?\"}";

  @Test
  void anAnswerIsCountedWithItsTokensAndTimes() throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      String before = scrape(server);
      assertThat(number(before, "ragstream_answer_seconds_count{ending=\"completed\"}")).isZero();
      assertThat(number(before, "ragstream_tokens_total{kind=\"prompt\"}")).isZero();

      server.send(server.post("/stream", QUESTION));
      server.send(server.post("/api/ask", QUESTION));

      String after = await(server, text -> counted(text, "completed") == 2);
      assertThat(number(after, "ragstream_tokens_total{kind=\"prompt\"}")).isEqualTo(20);
      assertThat(number(after, "ragstream_tokens_total{kind=\"completion\"}")).isEqualTo(8);
      assertThat(number(after, "ragstream_first_text_seconds_count")).isEqualTo(2);
      assertThat(number(after, "ragstream_retrieval_seconds_count")).isEqualTo(2);
      assertThat(after)
          .contains("ragstream_first_text_seconds_bucket{le=\"0.02\"}")
          .contains("ragstream_answer_seconds_bucket{ending=\"completed\",le=\"600.0\"} 2")
          .contains("ragstream_requests_total{outcome=\"ok\",route=\"/stream\"} 1.0")
          .contains("ragstream_requests_total{outcome=\"ok\",route=\"/api/ask\"} 1.0")
          .contains("jvm_memory_used_bytes");
    }
  }

  @Test
  void aSearchHasATimeOfRetrievalAndNoAnswer() throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      server.send(server.post("/api/search", QUESTION));

      String after = scrape(server);
      assertThat(number(after, "ragstream_retrieval_seconds_count")).isEqualTo(1);
      assertThat(counted(after, "completed")).isZero();
    }
  }

  @Test
  void failuresOfTheModelsServerAreCountedByTheirKind() throws Exception {
    ScriptedModel model =
        new ScriptedModel(reader -> {
          reader.text("Yes");
          throw new FailureException(Failure.Kind.UPSTREAM_STALLED, "it fell silent", "ask again");
        });
    try (TestServer server = new TestServer(model)) {
      String stalled = "ragstream_upstream_failures_total{kind=\"upstream_stalled\"}";
      assertThat(number(scrape(server), stalled)).isZero();

      server.send(server.post("/stream", QUESTION));

      String after = await(server, text -> counted(text, "failed") == 1);
      assertThat(number(after, stalled)).isEqualTo(1);
      await(
          server,
          text -> text.contains("ragstream_requests_total{outcome=\"failed\",route=\"/stream\"}"));
    }
  }

  @Test
  void whatIsOpenIsShownWhileItIs() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    ScriptedModel model =
        new ScriptedModel(_ -> {
          asked.complete(null);
          new CountDownLatch(1).await();
        });
    try (TestServer server = new TestServer(model)) {
      try (Socket _ = server.posted("/stream", QUESTION)) {
        asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        String during = scrape(server);
        assertThat(number(during, "ragstream_open_streams")).isEqualTo(1);
        assertThat(number(during, "ragstream_runs")).isEqualTo(1);
      }
      String after = await(server, text -> counted(text, "cancelled") == 1);
      assertThat(number(after, "ragstream_runs")).isZero();
      await(server, text -> number(text, "ragstream_open_streams") == 0);
    }
  }

  @Test
  void noClientCanMakeUpLabels() throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      for (int i = 0; i < 20; i++) {
        server.get("/made/up/" + i);
        server.get("/api/runs/made-up-" + i);
        server.send(
            server.post("/api/ask", "{\"question\":\"x\",\"model\":\"made-up-" + i + "\"}"));
      }
      String after =
          await(
              server,
              text ->
                  number(text, "ragstream_requests_total{outcome=\"refused\",route=\"other\"}")
                      == 20);
      assertThat(after)
          .contains(
              "ragstream_requests_total{outcome=\"refused\",route=\"/api/runs/{id}\"} 20.0",
              "ragstream_requests_total{outcome=\"refused\",route=\"/api/ask\"} 20.0")
          .doesNotContain("made");
    }
  }

  private static double counted(String text, String ending) {
    return number(text, "ragstream_answer_seconds_count{ending=\"" + ending + "\"}");
  }

  private static String scrape(TestServer server) throws IOException, InterruptedException {
    HttpResponse<String> response = server.get("/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    return response.body();
  }

  /** Requests and answers are counted a moment after their client has them. */
  private static String await(TestServer server, Predicate<String> wanted) throws Exception {
    return Eventually.within(Duration.ofSeconds(PATIENCE_SECONDS))
        .see("the count", () -> scrape(server), wanted);
  }

  /** The value of a series; 0 where it is not there. */
  private static double number(String text, String series) {
    return text.lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(0);
  }
}
