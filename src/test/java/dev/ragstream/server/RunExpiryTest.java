package dev.ragstream.server;

import static dev.ragstream.server.TestServer.PATIENCE_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.ScriptedModel;
import dev.ragstream.waiting.Eventually;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** How long runs can be read, by a clock that the test moves. */
class RunExpiryTest {

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private volatile Instant now = START;

  @Test
  void aRunCanBeReadForFiveMinutesAfterItsEnd() throws Exception {
    try (TestServer server = TestServer.by(() -> now, TestServer.modelSaying("Yes."))) {
      HttpResponse<String> answer = server.send(server.post("/stream", "{\"question\":\"Rain?\"}"));
      String run = "/api/runs/" + answer.headers().firstValue("X-Ragstream-Run").orElseThrow();
      assertThat(ended(server, run))
          .contains("\"started\":\"2026-01-02T03:04:05Z\"", "\"ended\":\"2026-01-02T03:04:05Z\"");

      now = START.plus(Duration.ofMinutes(5));

      assertThat(server.get(run).statusCode()).isEqualTo(200);
      assertThat(server.get(run + "/events").body()).isEqualTo(answer.body());

      now = START.plus(Duration.ofMinutes(5)).plusMillis(1);

      for (String path : List.of(run, run + "/events")) {
        HttpResponse<String> gone = server.get(path);
        assertThat(gone.statusCode()).as(path).isEqualTo(404);
        assertThat(gone.body()).contains("ended more than five minutes ago");
      }
      assertThat(server.send(server.request(run).DELETE()).statusCode()).isEqualTo(404);
      assertThat(server.get("/api/runs").body()).isEqualTo("{\"runs\":[]}");
    }
  }

  /** However long it takes: the five minutes begin with its end. */
  @Test
  void aRunThatGoesOnDoesNotExpire() throws Exception {
    ScriptedModel silent = new ScriptedModel(_ -> new CountDownLatch(1).await());
    try (TestServer server = TestServer.by(() -> now, silent)) {
      HttpResponse<String> begun =
          server.send(server.post("/api/runs", "{\"question\":\"Rain?\"}"));
      String run = begun.headers().firstValue("Location").orElseThrow();

      now = START.plus(Duration.ofHours(2));

      assertThat(server.get(run).body()).contains("\"state\":\"running\"");
      server.send(server.request(run).DELETE());
      assertThat(server.get(run + "/events").body()).contains("event: cancelled");
      ended(server, run);
      now = now.plus(Duration.ofMinutes(5));
      assertThat(server.get(run).body())
          .contains("\"state\":\"cancelled\"", "\"ended\":\"2026-01-02T05:04:05Z\"");
    }
  }

  /** The run, once it is over; its reader hears its last event a moment earlier. */
  private static String ended(TestServer server, String run) throws Exception {
    Eventually.within(Duration.ofSeconds(PATIENCE_SECONDS))
        .see(
            "an end of all runs",
            () -> server.get("/metrics").body(),
            metrics -> metrics.contains("\nragstream_runs 0.0\n"));
    return server.get(run).body();
  }
}
