package dev.ragstream.server;

import static dev.ragstream.server.TestServer.PATIENCE_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.ScriptedModel;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs that are read again, stopped, and refused. */
class RunRoutesTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String QUESTION = "{\"question\":\"Rain?\"}";

  @Test
  void aRunCanBeReadAgainFromAnyEvent() throws Exception {
    try (TestServer server = TestServer.saying("a", "b", "c")) {
      HttpResponse<String> first = server.send(server.post("/stream", QUESTION));
      String id = first.headers().firstValue("X-Ragstream-Run").orElseThrow();

      assertThat(server.get("/api/runs/" + id + "/events").body()).isEqualTo(first.body());
      assertThat(
              server
                  .send(server.request("/api/runs/" + id + "/events").header("Last-Event-ID", "6"))
                  .statusCode())
          .isEqualTo(204);
      String rest =
          server
              .send(server.request("/api/runs/" + id + "/events").header("Last-Event-ID", "4"))
              .body();
      assertThat(first.body()).endsWith(rest);
      assertThat(rest).startsWith("event: text\nid: 5\ndata: {\"type\":\"text\",\"text\":\"c\"}");
      assertThat(server.get("/api/runs/none/events").statusCode()).isEqualTo(404);
      JsonNode listed = MAPPER.readTree(server.get("/api/runs").body()).path("runs").path(0);
      assertThat(listed.path("id").asString()).isEqualTo(id);
      assertThat(listed.path("question").asString()).isEqualTo("Rain?");
    }
  }

  @Test
  void aRunWithoutAReaderGoesOnUntilItIsStopped() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    ScriptedModel model =
        new ScriptedModel(reader -> {
          reader.text("Yes");
          asked.complete(null);
          new CountDownLatch(1).await();
        });
    try (TestServer server = new TestServer(model)) {
      HttpResponse<String> begun = server.send(server.post("/api/runs", QUESTION));
      assertThat(begun.statusCode()).isEqualTo(202);
      String path = begun.headers().firstValue("Location").orElseThrow();
      asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(server.get(path).body()).contains("\"state\":\"running\"");

      assertThat(server.send(server.request(path).DELETE()).statusCode()).isEqualTo(204);

      assertThat(server.get(path + "/events").body())
          .contains("\"Yes\"")
          .containsOnlyOnce("event: cancelled");
    }
  }

  @Test
  void whereAFieldSaysWhoMaySeeWhatARunIsForItsOrganisationAlone() throws Exception {
    ServerOptions options =
        new ServerOptions(
            false,
            null,
            Set.of(),
            List.of(),
            1000,
            null,
            Map.of(),
            "department",
            null,
            Duration.ofMinutes(2));
    try (TestServer server =
        new TestServer(new ScriptedModel(reader -> reader.text("Yes.")), options)) {
      String asked = "{\"question\":\"Rain?\",\"orgId\":\"7\"}";
      String path =
          server
              .send(server.post("/api/runs", asked))
              .headers()
              .firstValue("Location")
              .orElseThrow();

      assertThat(server.send(server.request(path + "/events").header("X-Org-Id", "7")).body())
          .contains("event: completed");
      assertThat(server.get(path + "/events?orgId=7").body()).contains("event: completed");
      assertThat(server.get("/api/runs?orgId=7").body()).contains("Rain?");
      for (String query : List.of("", "?orgId=8", "?orgId=")) {
        assertThat(server.get(path + "/events" + query).statusCode()).as(query).isEqualTo(404);
        assertThat(server.get("/api/runs" + query).body()).as(query).isEqualTo("{\"runs\":[]}");
      }
      assertThat(
              server
                  .send(server.request(path + "/events?orgId=7").header("X-Org-Id", "8"))
                  .statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  void whatIsNoQuestionIsRefusedWithWordsThatHelp() throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      for (String body :
          List.of(
              "",
              "{",
              "[]",
              "null",
              "{\"question\":\"\"}",
              "{\"question\":[]}",
              "\u0000",
              "{\"question\":\"x\",\"topK\":0}",
              "{\"question\":\"x\",\"history\":[{}]}",
              "{\"question\":\"x\",\"where\":\"lang\"}",
              "[".repeat(2000))) {
        HttpResponse<String> response = server.send(server.post("/stream", body));
        assertThat(response.statusCode()).as(body).isEqualTo(400);
        assertThat(MAPPER.readTree(response.body()).path("remedy").asString()).isNotBlank();
      }
      String large = "{\"question\":\"" + "x".repeat(70_000) + "\"}";
      assertThat(server.send(server.post("/stream", large)).statusCode()).isEqualTo(413);
      assertThat(server.get("/stream").statusCode()).isEqualTo(405);
    }
  }

  @Test
  void troubleCanBeRehearsed() throws Exception {
    try (TestServer server = TestServer.saying("a", "b", "c", "d")) {
      assertThat(rehearsed(server, "error=2").body())
          .contains("\"text\":\"b\"")
          .doesNotContain("\"text\":\"c\"")
          .contains("event: failed");
      assertThat(rehearsed(server, "503").statusCode()).isEqualTo(503);
      assertThat(rehearsed(server, "429").headers().firstValue("Retry-After")).hasValue("2");
      assertThat(rehearsed(server, "duplicate=3,split").body())
          .containsOnlyOnce("\"text\":\"b\"")
          .contains("id: 3\ndata: {\"type\":\"text\",\"text\":\"a\"}\n\nevent: text\nid: 3\n");
      assertThat(rehearsed(server, "luck=1").statusCode()).isEqualTo(400);
      assertThat(rehearsed(server, "rate=1000/s,first=1ms").body()).contains("event: completed");
    }
  }

  private static HttpResponse<String> rehearsed(TestServer server, String trouble)
      throws Exception {
    return server.send(
        server.post("/stream", "{\"question\":\"Rain?\",\"rehearse\":\"%s\"}".formatted(trouble)));
  }
}
