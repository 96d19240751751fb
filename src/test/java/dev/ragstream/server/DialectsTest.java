package dev.ragstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Chunk;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Passage;
import dev.ragstream.core.Passage.Standing;
import dev.ragstream.core.ScriptedModel;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the wires of others look like. */
class DialectsTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Rain?\"}]";

  @Test
  void openAisClientsGetChunks() throws Exception {
    try (TestServer server = answering()) {
      String body =
          "{\"stream\":true,\"stream_options\":{\"include_usage\":true}," + MESSAGES + "}";
      List<String> data = data(server.send(server.post("/v1/chat/completions", body)).body());

      assertThat(data.getLast()).isEqualTo("[DONE]");
      List<JsonNode> chunks =
          data.subList(0, data.size() - 1).stream().map(MAPPER::readTree).toList();
      assertThat(chunks.stream().map(DialectsTest::delta))
          .containsExactly(
              "{\"role\":\"assistant\",\"content\":\"\"}",
              "{\"reasoning_content\":\"Hm.\"}",
              "{\"content\":\"Yes\"}",
              "{\"content\":\" [1].\"}",
              "{}",
              "");
      assertThat(chunks.get(4).path("choices").path(0).path("finish_reason").asString())
          .isEqualTo("stop");
      assertThat(chunks.get(4).path("ragstream").path("citations").path(0).asInt()).isEqualTo(1);
      assertThat(chunks.get(5).path("usage").path("total_tokens").asInt()).isEqualTo(14);
      assertThat(chunks)
          .allSatisfy(chunk ->
              assertThat(chunk.path("object").asString()).isEqualTo("chat.completion.chunk"));
    }
  }

  @Test
  void openAisClientsGetAWholeAnswerToo() throws Exception {
    try (TestServer server = answering()) {
      JsonNode answer =
          MAPPER.readTree(
              server
                  .send(
                      server.post(
                          "/v1/chat/completions", "{\"model\":\"ragstream\"," + MESSAGES + "}"))
                  .body());

      assertThat(answer.path("object").asString()).isEqualTo("chat.completion");
      JsonNode message = answer.path("choices").path(0).path("message");
      assertThat(message.path("content").asString()).isEqualTo("Yes [1].");
      assertThat(message.path("reasoning_content").asString()).isEqualTo("Hm.");
      assertThat(answer.path("ragstream").path("passages").path(0).path("source").asString())
          .isEqualTo("weather.md");
    }
  }

  @Test
  void openAisClientsGetErrorsInTheirShape() throws Exception {
    try (TestServer server = answering()) {
      HttpResponse<String> unknown =
          server.send(
              server.post("/v1/chat/completions", "{\"model\":\"gpt-9\"," + MESSAGES + "}"));
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(MAPPER.readTree(unknown.body()).path("error").path("message").asString())
          .contains("gpt-9");
      HttpResponse<String> empty = server.send(server.post("/v1/chat/completions", "{}"));
      assertThat(empty.statusCode()).isEqualTo(400);
      assertThat(MAPPER.readTree(empty.body()).path("error").path("type").asString())
          .isEqualTo("invalid_request_error");
    }
  }

  @Test
  void openAisClientsAreTurnedAwayInTheirShapeToo() throws Exception {
    try (TestServer server = answering()) {
      for (String path : List.of("/v1/models", "/v1/chat/completions")) {
        HttpResponse<String> foreign =
            server.send(server.request(path).header("Origin", "http://evil.example"));
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(MAPPER.readTree(foreign.body()).path("error").path("message").asString())
            .contains("serve.cors");
      }
    }
  }

  @Test
  void anUnknownModelHasOpenAisCode() throws Exception {
    try (TestServer server = answering()) {
      JsonNode listed = MAPPER.readTree(server.get("/v1/models").body()).path("data");
      assertThat(listed.valueStream().map(model -> model.path("id").asString()))
          .containsExactly("ragstream", "scripted", "openai:other");
      for (boolean streamed : List.of(true, false)) {
        String body = "{\"model\":\"gpt-9\",\"stream\":" + streamed + "," + MESSAGES + "}";
        HttpResponse<String> unknown = server.send(server.post("/v1/chat/completions", body));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(MAPPER.readTree(unknown.body()).path("error").path("code").asString())
            .isEqualTo("model_not_found");
      }
      for (String path : List.of("/api/runs", "/api/ask", "/api/search", "/api/prompt")) {
        String body = "{\"question\":\"Rain?\",\"model\":\"gpt-9\"}";
        assertThat(server.send(server.post(path, body)).statusCode()).as(path).isEqualTo(400);
      }
      assertThat(server.backend.choices).isEmpty();
    }
  }

  @Test
  void aFailureOfTheModelIsAnErrorInEveryWire() throws Exception {
    ScriptedModel model =
        new ScriptedModel(reader -> {
          reader.text("Yes");
          throw new FailureException(Failure.Kind.UPSTREAM_STALLED, "it fell silent", "ask again");
        });
    try (TestServer server = new TestServer(model)) {
      String ask = "{\"question\":\"Rain?\"}";
      assertThat(server.send(server.post("/stream", ask)).body())
          .containsOnlyOnce("event: failed")
          .contains("\"kind\":\"upstream_stalled\"");
      assertThat(server.send(server.post("/stream?wire=classic", ask)).body())
          .containsOnlyOnce("\"code\":\"1\"")
          .contains("it fell silent");
      String streamed = "{\"stream\":true," + MESSAGES + "}";
      assertThat(server.send(server.post("/v1/chat/completions", streamed)).body())
          .contains("\"error\":{")
          .doesNotContain("[DONE]");
      HttpResponse<String> whole =
          server.send(server.post("/v1/chat/completions", "{" + MESSAGES + "}"));
      assertThat(whole.statusCode()).isEqualTo(504);
      assertThat(server.send(server.post("/api/chat", "{" + MESSAGES + "}")).body())
          .contains("{\"type\":\"text-end\",\"id\":\"text\"}")
          .contains("\"type\":\"error\",\"errorText\":\"it fell silent; ask again\"");
    }
  }

  @Test
  void useChatGetsAMessageOfParts() throws Exception {
    try (TestServer server = answering()) {
      String body =
          "{\"id\":\"c\",\"messages\":[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"text\":\"Rain?\"}]}]}";
      HttpResponse<String> response = server.send(server.post("/api/chat", body));

      assertThat(response.headers().firstValue("x-vercel-ai-ui-message-stream")).hasValue("v1");
      List<String> data = data(response.body());
      assertThat(
              data.subList(0, data.size() - 1).stream()
                  .map(each -> MAPPER.readTree(each).path("type").asString()))
          .containsExactly(
              "start",
              "start-step",
              "data-retrieved",
              "source-document",
              "reasoning-start",
              "reasoning-delta",
              "reasoning-end",
              "text-start",
              "text-delta",
              "text-delta",
              "text-end",
              "finish-step",
              "finish");
      assertThat(data.getLast()).isEqualTo("[DONE]");
    }
  }

  @Test
  void passagesThatTheModelDoesNotSeeAreNoSources() throws Exception {
    try (TestServer server = answering()) {
      Chunk again =
          new Chunk("copy.md#1", "copy.md", "Weather", ScriptedBackend.PASSAGE.text(), Map.of());
      server.backend.passages.add(new Passage(2, again, 1 / 62.0, new Standing(2, 6), null));
      assertThat(server.send(server.post("/stream", "{\"question\":\"Rain?\"}")).body())
          .contains("copy.md")
          .contains("duplicate");

      assertThat(
              data(server.send(server.post("/api/chat", "{" + MESSAGES + "}")).body()).stream()
                  .filter(each -> each.contains("source-document")))
          .singleElement()
          .asString()
          .contains("weather.md");
      for (String how : List.of("\"stream\":true,", "")) {
        assertThat(
                server.send(server.post("/v1/chat/completions", "{" + how + MESSAGES + "}")).body())
            .contains("\"source\":\"weather.md\"")
            .doesNotContain("copy.md");
      }
    }
  }

  @Test
  void aChatWithoutATimeOfTheFrontEndsHasTheServersDay() throws Exception {
    try (TestServer server = answering()) {
      String ask = "{\"userId\":\"u\",\"chatId\":\"c\",\"question\":\"Rain?\"}";
      server.send(server.post("/stream?wire=classic", ask));

      String listed = server.send(server.post("/historylist", "{\"userId\":\"u\"}")).body();
      assertThat(MAPPER.readTree(listed).at("/data/result/0/updateTime").asString())
          .matches("20\\d\\d/[01]\\d/[0-3]\\d");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Yes"})
  void aQuestionIsInItsChatWhateverBecomesOfItsAnswer(String came) throws Exception {
    CompletableFuture<Void> fails = new CompletableFuture<>();
    ScriptedModel model =
        new ScriptedModel(reader -> {
          if (!came.isEmpty()) {
            reader.text(came);
          }
          fails.join();
          throw new FailureException(Failure.Kind.UPSTREAM_UNREACHABLE, "it is gone", "ask again");
        });
    try (TestServer server = new TestServer(model)) {
      String chat = "{\"userId\":\"u\",\"chatId\":\"c\"";
      String ask = chat + ",\"question\":\"Rain?\"}";
      CompletableFuture<HttpResponse<String>> answered =
          server
              .client()
              .sendAsync(server.post("/stream?wire=classic", ask).build(), BodyHandlers.ofString());
      String question = "{\"role\":\"user\",\"content\":\"Rain?\"}";
      awaitChat(server, chat + "}", "[" + question + "]");
      assertThat(server.send(server.post("/historylist", chat + "}")).body())
          .contains("\"historyId\":\"c\"");

      fails.complete(null);
      assertThat(answered.get().body()).contains("it is gone");
      awaitChat(
          server,
          chat + "}",
          came.isEmpty()
              ? "[" + question + "]"
              : "[" + question + ",{\"role\":\"assist\",\"content\":\"Yes\"}]");
    }
  }

  /** Nobody who asks hears when something is written down. */
  private static void awaitChat(TestServer server, String chat, String messages) throws Exception {
    long start = System.nanoTime();
    String said = "";
    while (!said.contains("\"result\":" + messages)) {
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as(said)
          .isLessThan(Duration.ofSeconds(TestServer.PATIENCE_SECONDS));
      said = server.send(server.post("/chathistory", chat)).body();
    }
  }

  @Test
  void theOlderServicesFrontEndsGetTheirEnvelopesAndTheirChats() throws Exception {
    try (TestServer server = answering()) {
      String owner = "\"userId\":\"u\",\"orgId\":\"1\"";
      JsonNode fresh =
          MAPPER.readTree(server.send(server.post("/newchat", "{" + owner + "}")).body());
      assertThat(fresh.path("code").asString()).isEqualTo("0");
      String chat = fresh.path("data").path("result").path(0).path("chatId").asString();
      assertThat(chat).isNotBlank();

      String ask =
          "{%s,\"chatId\":\"%s\",\"question\":\"Rain?\",\"chatTitile\":\"Weather\",\"updateTime\":\"now\",\"model\":\"theirs\"}"
              .formatted(owner, chat);
      List<JsonNode> events =
          data(server.send(server.post("/stream?wire=classic", ask)).body()).stream()
              .map(MAPPER::readTree)
              .toList();
      StringBuilder text = new StringBuilder();
      events.forEach(
          each -> text.append(each.path("data").path("result").path(0).path("answer").asString()));
      assertThat(text.toString()).isEqualTo("Yes [1].");
      JsonNode last = events.getLast().path("data");
      assertThat(last.path("card").path(0).path("data").path("content").asString())
          .isEqualTo("Rain from noon.");
      assertThat(last.path("logId").asString()).isNotBlank();

      assertThat(server.send(server.post("/historylist", "{" + owner + "}")).body())
          .contains(
              "{\"historyId\":\"%s\",\"historyTitle\":\"Weather\",\"updateTime\":\"now\"}"
                  .formatted(chat));
      assertThat(
              server
                  .send(
                      server.post("/chathistory", "{%s,\"chatId\":\"%s\"}".formatted(owner, chat)))
                  .body())
          .contains(
              "[{\"role\":\"user\",\"content\":\"Rain?\"},{\"role\":\"assist\",\"content\":\"Yes [1].\"}]");
      assertThat(
              server.send(server.post("/historylist", "{\"userId\":\"v\",\"orgId\":\"1\"}")).body())
          .contains("\"result\":[]");
    }
  }

  @Test
  void theStepsOfThePipelineCanBeHadOneByOne() throws Exception {
    try (TestServer server = answering()) {
      String ask = "{\"question\":\"Rain?\",\"topK\":3}";
      assertThat(server.send(server.post("/api/search", ask)).body())
          .startsWith("{\"type\":\"retrieved\"");
      assertThat(server.send(server.post("/api/prompt", ask)).body())
          .startsWith("{\"type\":\"prompt\"");
      assertThat(server.send(server.post("/api/ask", ask)).body())
          .startsWith("{\"text\":\"Yes [1].\",\"reasoning\":\"Hm.\",\"retrieved\":{")
          .contains("\"ending\":{\"type\":\"completed\"");
      assertThat(server.backend.choices).allMatch(choice -> choice.topK() == 3);
    }
  }

  private static TestServer answering() {
    return new TestServer(
        new ScriptedModel(reader -> {
          reader.reasoning("Hm.");
          reader.text("Yes");
          reader.text(" [1].");
        }));
  }

  private static List<String> data(String stream) {
    return stream
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> line.substring("data: ".length()))
        .toList();
  }

  private static String delta(JsonNode chunk) {
    JsonNode delta = chunk.path("choices").path(0).path("delta");
    return delta.isMissingNode() ? "" : MAPPER.writeValueAsString(delta);
  }
}
