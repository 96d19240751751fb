package dev.ragstream.server;

import static dev.ragstream.server.TestServer.PATIENCE_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.ScriptedModel;
import dev.ragstream.core.Secret;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever is wrong under {@code /v1}, OpenAI's clients read it as they read OpenAI's errors. */
class OpenAiErrorsTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Rain?\"}]";
  private static final String COMPLETIONS = "/v1/chat/completions";

  @ParameterizedTest
  @ValueSource(strings = {"/v1", "/v1/", "/v1/embeddings", "/v1/chat", "/v1/models%2Fx"})
  void anUnknownPathHasTheirShape(String path) throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      assertThatItIs(server.get(path), 404, "invalid_request_error", null, null);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/chat/completions, POST",
    "OPTIONS, /v1/chat/completions, POST",
    "DELETE, /v1/models, GET",
    "POST, /v1/models/scripted, GET"
  })
  void anotherMethodHasTheirShapeAndNamesThoseThatThereAre(
      String method, String path, String allowed) throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      HttpResponse<String> refused =
          server.send(server.request(path).method(method, BodyPublishers.noBody()));
      assertThatItIs(refused, 405, "invalid_request_error", null, "method_not_supported");
      assertThat(refused.headers().firstValue("Allow")).hasValue(allowed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "*/*"})
  void everyRouteNamesTheMethodsThatItTakes(String accept) throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      HttpResponse<String> refused =
          server.send(server.request("/api/runs").header("Accept", accept).DELETE());
      assertThat(refused.statusCode()).isEqualTo(405);
      assertThat(refused.headers().firstValue("Allow").orElseThrow().split(", "))
          .containsExactlyInAnyOrder("GET", "POST");
      assertThat(MAPPER.readTree(refused.body()).path("type").asString()).isEqualTo("failed");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ragstream, ragstream",
    "openai:other, openai:other",
    "openai%3Aother, openai:other",
    "ollama:org/some:7b, ollama:org/some:7b",
    "ollama%3aorg%2Fsome%3A7b, ollama:org/some:7b"
  })
  void aModelIsFoundHoweverItsNameIsEncoded(String path, String name) throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      server.backend.models.add("ollama:org/some:7b");

      HttpResponse<String> found = server.get("/v1/models/" + path);

      assertThat(found.statusCode()).isEqualTo(200);
      JsonNode model = MAPPER.readTree(found.body());
      assertThat(model.path("id").asString()).isEqualTo(name);
      assertThat(model.path("object").asString()).isEqualTo("model");
      assertThat(model)
          .isIn(
              MAPPER.readTree(server.get("/v1/models").body()).path("data").valueStream().toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-9", "scripted/x", "scripted%2F", "..%2Fmodels"})
  void aModelThatIsNotHereIsNotFound(String path) throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      assertThatItIs(
          server.get("/v1/models/" + path),
          404,
          "invalid_request_error",
          "model",
          "model_not_found");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "{                                                         | -",
        "[]                                                        | -",
        "{}                                                        | messages",
        "{'messages':[{'role':'user','content':' '}]}              | messages",
        "{'messages':[{'role':'wizard','content':'x'}]}            | messages",
        "{'stream':'yes','messages':[{'role':'user','content':'x'}]} | stream",
        "{'topK':0,'messages':[{'role':'user','content':'x'}]}     | topK",
        "{'model':true,'messages':[{'role':'user','content':'x'}]} | model"
      })
  void whatIsWrongWithARequestNamesItsField(String body, @Nullable String field) throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      HttpResponse<String> refused = server.send(server.post(COMPLETIONS, body.replace('\'', '"')));
      assertThatItIs(refused, 400, "invalid_request_error", field, null);
    }
  }

  @Test
  void aBodyThatIsTooLargeHasTheirShape() throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      HttpResponse<String> refused = server.send(server.post(COMPLETIONS, "x".repeat(70_000)));
      assertThatItIs(refused, 413, "invalid_request_error", null, null);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/models", "/v1/chat/completions", "/v1/no/such/route"})
  void whoHasNoTokenIsToldThatTheKeyIsWrong(String path) throws Exception {
    ServerOptions locked = options(new Secret("$TOKEN", () -> "canary"), 1000, null);
    try (TestServer server =
        new TestServer(new ScriptedModel(reader -> reader.text("Yes.")), locked)) {
      HttpResponse<String> refused =
          server.send(server.request(path).header("Authorization", "Bearer sk-wrong"));
      assertThatItIs(refused, 401, "invalid_request_error", null, "invalid_api_key");
    }
  }

  @Test
  void whoAsksMoreInAMinuteThanAllowedIsToldAsOpenAiTellsIt() throws Exception {
    try (TestServer server =
        new TestServer(new ScriptedModel(reader -> reader.text("Yes.")), options(null, 10, 1))) {
      String body = "{" + MESSAGES + "}";
      assertThat(server.send(server.post(COMPLETIONS, body)).statusCode()).isEqualTo(200);
      HttpResponse<String> refused = server.send(server.post(COMPLETIONS, body));
      assertThatItIs(refused, 429, "rate_limit_error", null, "rate_limit_exceeded");
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    }
  }

  @Test
  void whoAsksMoreAtATimeThanAllowedIsToldAsOpenAiTellsIt() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    ScriptedModel model =
        new ScriptedModel(_ -> {
          asked.complete(null);
          new CountDownLatch(1).await();
        });
    String body = "{" + MESSAGES + "}";
    try (TestServer server = new TestServer(model, options(null, 1, null));
        Socket _ = server.posted(COMPLETIONS, body)) {
      asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      HttpResponse<String> refused = server.send(server.post(COMPLETIONS, body));
      assertThatItIs(refused, 429, "rate_limit_error", null, "rate_limit_exceeded");
    }
  }

  @Test
  void anAnswerThatIsCancelledIsAFaultOfTheServer() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    ScriptedModel model =
        new ScriptedModel(_ -> {
          asked.complete(null);
          new CountDownLatch(1).await();
        });
    try (TestServer server = new TestServer(model)) {
      CompletableFuture<HttpResponse<String>> response =
          server
              .client()
              .sendAsync(
                  server.post(COMPLETIONS, "{" + MESSAGES + "}").build(),
                  HttpResponse.BodyHandlers.ofString());
      asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      String run = MAPPER.readTree(server.get("/api/runs").body()).at("/runs/0/id").asString();
      server.send(server.request("/api/runs/" + run).DELETE());

      assertThatItIs(
          response.get(PATIENCE_SECONDS, TimeUnit.SECONDS),
          503,
          "server_error",
          null,
          "server_error");
    }
  }

  private static void assertThatItIs(
      HttpResponse<String> response,
      int status,
      String type,
      @Nullable String param,
      @Nullable String code) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    JsonNode error = MAPPER.readTree(response.body()).path("error");
    assertThat(error.propertyNames()).containsExactly("message", "type", "param", "code");
    assertThat(error.path("message").asString()).isNotBlank();
    assertThat(error.path("type").asString()).isEqualTo(type);
    assertThat(text(error.path("param"))).isEqualTo(param);
    assertThat(text(error.path("code"))).isEqualTo(code);
  }

  private static @Nullable String text(JsonNode node) {
    return node.isNull() ? null : node.asString();
  }

  private static ServerOptions options(
      @Nullable Secret token, int runs, @Nullable Integer perMinute) {
    return new ServerOptions(
        false,
        token,
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
