package dev.ragstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fields that nobody knows. */
class UnknownFieldsTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String MISSPELT = "{\"question\":\"Rain?\",\"topk\":1}";

  /** All that the older services' front ends are known to send. */
  private static final String OLDER =
      """
      {"model":"deepseek-r1-distill","question":"Rain?","userId":"u","orgId":"1","chatId":"c",
       "chatTitle":"t","chatTitile":"t","updateTime":"now","createTime":"now","stream":true,
       "history":[{"role":"assist","content":"Hm."}],"history_len":1,"temperature":0.1,
       "max_tokens":9,"top_k":3,"score_threshold":0,"kbName":"kb"}
      """;

  @ParameterizedTest
  @ValueSource(strings = {"/api/ask", "/api/search", "/api/prompt", "/api/runs"})
  void ourOwnRoutesRefuseThemAndSayWhatWasProbablyMeant(String path) throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      HttpResponse<String> refused = server.send(server.post(path, MISSPELT));
      assertThat(refused.statusCode()).isEqualTo(400);
      JsonNode failure = MAPPER.readTree(refused.body());
      assertThat(failure.path("problem").asString()).isEqualTo("there is no field 'topk'");
      assertThat(failure.path("remedy").asString())
          .startsWith("did you mean 'topK'? see /openapi.json");
      String odd = "{\"question\":\"Rain?\",\"%s\":1}".formatted("x".repeat(5000));
      assertThat(server.send(server.post(path, odd)).body()).doesNotContain("did you mean");
      assertThat(server.backend.choices).isEmpty();
      assertThat(server.notices).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/stream", "/stream?wire=classic"})
  void whereOlderFrontEndsAskTheyAreToldOfOnce(String path) throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      for (int i = 0; i < 3; i++) {
        assertThat(server.send(server.post(path, MISSPELT)).body()).contains("Yes.");
      }
      server.send(server.post(path, "{\"qestion\":\"Rain?\"}")); // is told what is missing
      assertThat(server.notices)
          .containsExactly(
              "a question to /stream has a field 'topk', which is not heard; did you mean 'topK'?"
                  + " see /openapi.json for what this route takes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ws_chat", "/ws_chat?wire=classic"})
  void overAWebSocketTheyAreToldOfOnce(String path) throws Exception {
    try (TestServer server = TestServer.saying("Yes.");
        SocketClient client = new SocketClient(server, path)) {
      for (int i = 0; i < 2; i++) {
        client.say("{\"id\":\"q\",\"question\":\"Rain?\",\"hist\\u001b[31m\":[]}");
        assertThat(client.hearText()).doesNotContain("failed", "\"-1\"");
      }
      assertThat(server.notices)
          .singleElement()
          .asString()
          .startsWith("a question to /ws_chat has a field 'hist")
          .doesNotContain("\u001b");
    }
  }

  @Test
  void aClientCannotFillTheTerminal() throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      for (int i = 0; i < 10; i++) {
        StringBuilder fields = new StringBuilder();
        for (int j = 0; j < 50; j++) {
          fields.append(",\"field-%d-%d\":0".formatted(i, j));
        }
        server.send(server.post("/stream", "{\"question\":\"Rain?\"" + fields + "}"));
      }
      assertThat(server.notices).hasSize(100);
    }
  }

  @Test
  void whatOlderFrontEndsSendIsKnownEverywhere() throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      for (String path : List.of("/stream", "/stream?wire=classic", "/api/search")) {
        String body = path.equals("/api/search") ? OLDER.replace("deepseek-r1-distill", "") : OLDER;
        HttpResponse<String> answer = server.send(server.post(path, body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      }
      assertThat(server.notices).as("of fields").noneMatch(notice -> notice.contains("field"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "classic"})
  void aModelThatIsNotHereIsToldOfOnce(String wire) throws Exception {
    String asked = "{\"question\":\"Rain?\",\"model\":\"%s\"}";
    try (TestServer server = TestServer.saying("Yes.");
        SocketClient client = new SocketClient(server, "/ws_chat?wire=" + wire)) {
      for (String model : List.of("theirs", "openai:other", "theirs", "scripted", "")) {
        String body = asked.formatted(model);
        assertThat(server.send(server.post("/stream?wire=" + wire, body)).body()).contains("Yes.");
      }
      client.say(asked.formatted("theirs"));
      client.say(asked.formatted("th\\u001b[31meirs"));
      client.say("{");
      while (!client.hearText().contains("JSON")) {
        // what the two questions are answered
      }
      assertThat(server.notices)
          .satisfiesExactly(
              notice ->
                  assertThat(notice)
                      .isEqualTo(
                          "a question to /stream names the model 'theirs', which is not here;"
                              + " scripted answers in its place, and serve.models can name more"),
              notice ->
                  assertThat(notice)
                      .startsWith("a question to /ws_chat names the model 'th")
                      .doesNotContain("\u001b"));
    }
  }

  @Test
  void everyFieldOfTheDescriptionIsKnown() throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      JsonNode question =
          MAPPER
              .readTree(server.get("/openapi.json").body())
              .at("/components/schemas/Question/properties");
      assertThat(UnknownFields.KNOWN).containsAll(question.propertyNames());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/chat/completions", "/api/chat"})
  void theWiresOfOthersHaveFieldsOfTheirOwn(String path) throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      String body =
          "{\"messages\":[{\"role\":\"user\",\"content\":\"Rain?\"}],\"trigger\":\"x\",\"topk\":1}";
      assertThat(server.send(server.post(path, body)).body()).contains("Yes.");
      assertThat(server.notices).isEmpty();
    }
  }
}
