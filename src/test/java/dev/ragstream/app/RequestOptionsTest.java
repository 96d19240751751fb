package dev.ragstream.app;

import static dev.ragstream.model.ScriptedServer.STREAM;
import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.cassette.Recorder;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.Filter;
import dev.ragstream.core.Pipeline;
import dev.ragstream.core.Question;
import dev.ragstream.model.ScriptedServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the model's server is asked when a request of OpenAI's wire has options of its own. */
class RequestOptionsTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String ANSWER =
      STREAM
          + "data: {\"choices\":[{\"delta\":{\"content\":\"Yes\"},\"finish_reason\":\"stop\"}]}\n\n"
          + "data: [DONE]\n\n";
  private static final String SETTINGS =
      "llm: {model: \"%s\", baseUrl: \"%s\", options: {temperature: 0.5, maxTokens: 100, stop: [END]}}\n";

  @TempDir private Path folder;

  @Test
  void theRequestsOptionsGoBeforeThoseOfTheSettingsForThisRequestAlone() throws Exception {
    try (ScriptedServer model = new ScriptedServer();
        ServedProject project = project("openai:m", model)) {
      for (int i = 0; i < 3; i++) {
        model.script(send(ANSWER), hangUp());
      }
      String own = "'temperature':0,'top_p':0.4,'max_tokens':50,'seed':7,'stop':'\\n\\n'";
      assertThat(ask(project, own).statusCode()).isEqualTo(200);
      assertThat(ask(project, "'max_completion_tokens':5000").statusCode()).isEqualTo(200);
      assertThat(ask(project, "'n':1").statusCode()).isEqualTo(200);

      List<JsonNode> sent = model.requests().stream().map(RequestOptionsTest::body).toList();
      assertThat(options(sent.get(0)))
          .isEqualTo(
              json("{'temperature':0.0,'top_p':0.4,'max_tokens':50,'seed':7,'stop':['\\n\\n']}"));
      JsonNode standard = json("{'temperature':0.5,'max_tokens':100,'stop':['END']}");
      assertThat(options(sent.get(1))).as("no longer than the settings allow").isEqualTo(standard);
      assertThat(options(sent.get(2))).isEqualTo(standard);
    }
  }

  @Test
  void aCassetteShowsWhichOptionDiffers() throws Exception {
    Path cassette = folder.resolve("rain.jsonl");
    try (ScriptedServer model = new ScriptedServer();
        ServedProject project = project("openai:m", model)) {
      model.script(send(ANSWER), hangUp());
      record(project, cassette);
      assertThat(Files.readString(cassette)).contains("\"type\":\"completed\"");

      project.settings(SETTINGS.formatted("replay:rain.jsonl", model.url()));
      project.serving().reload();

      assertThat(ask(project, "'temperature':0.5").body()).contains("\"content\":\"Yes\"");
      HttpResponse<String> other = ask(project, "'temperature':0.9");
      assertThat(other.statusCode()).isEqualTo(500);
      JsonNode error = MAPPER.readTree(other.body()).path("error");
      assertThat(error.path("code").asString()).isEqualTo("replay_mismatch");
      assertThat(error.path("message").asString()).contains("temperature", "0.9");
      assertThat(ask(project, "'n':1").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void noOptionChoosesAServerOrAFile() throws Exception {
    try (ScriptedServer model = new ScriptedServer();
        ScriptedServer other = new ScriptedServer();
        ServedProject project = project("openai:m", model)) {
      model.script(send(ANSWER), hangUp());
      String evil =
          "'base_url':'%1$s','baseUrl':'%1$s','api_base':'%1$s','llm':{'baseUrl':'%1$s'},'stream':true"
              .formatted(other.url());
      assertThat(ask(project, evil).statusCode()).isEqualTo(200);
      assertThat(body(model.requests().getFirst()).toString())
          .doesNotContain(other.url().toString());
      assertThat(other.requests()).isEmpty();
      for (String model404 : List.of("replay:/etc/passwd", "openai:other", "extractive")) {
        assertThat(ask(project, "'model':'" + model404 + "'").statusCode()).isEqualTo(404);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"extractive", "replay:rain.jsonl"})
  void whatIsForAServerIsForTheModelsThatARequestMayChooseBesideOneWithoutAny(String standard)
      throws Exception {
    try (ScriptedServer model = new ScriptedServer();
        ServedProject project = project("openai:m", model)) {
      model.script(send(ANSWER), hangUp());
      record(project, folder.resolve("rain.jsonl"));
      project.settings(
          """
          llm: {model: "%s", baseUrl: "%s", apiKey: own-key, headers: {X-Team: own-team}}
          serve: {models: ["openai:ok"]}
          """
              .formatted(standard, model.url()));
      project.serving().reload();

      model.script(send(ANSWER), hangUp());
      assertThat(ask(project, "'model':'openai:ok'").statusCode()).isEqualTo(200);
      assertThat(model.requests().getLast())
          .containsIgnoringCase("Authorization: Bearer own-key")
          .containsIgnoringCase("X-Team: own-team")
          .contains("\"model\":\"ok\"");
    }
  }

  @Test
  void aKeyIsNotSentToTheServerOfAnotherProvider() throws Exception {
    String settings =
        """
        llm: {model: "openai:m", apiKey: own-key, headers: {X-Team: own-team}}
        serve: {models: ["anthropic:ok"]}
        """;
    try (ScriptedServer other = new ScriptedServer()) {
      ServedProject.write(folder.resolve("docs/weather.md"), "# Weather\n\nRain from noon.\n");
      Map<String, String> environment = Map.of("ANTHROPIC_BASE_URL", other.url().toString());
      try (ServedProject project = new ServedProject(folder, settings, environment)) {
        project.index("docs");
        other.script(send(ANSWER), hangUp());
        ask(project, "'model':'anthropic:ok'");
        assertThat(other.requests())
            .singleElement()
            .asString()
            .doesNotContain("own-key", "own-team");
      }
    }
  }

  private static void record(ServedProject project, Path cassette) {
    try (Assembly assembly = project.assembly()) {
      Recorder recorder = assembly.recorder(cassette);
      Pipeline pipeline = assembly.pipeline(assembly.template(), Filter.NONE, recorder);
      Question question = new Question("Rain?", List.of());
      assertThat(recorder.record(_ -> {}, events -> pipeline.answer(question, events)))
          .isInstanceOf(Completed.class);
    }
  }

  private static HttpResponse<String> ask(ServedProject project, String options) throws Exception {
    String body = "{%s,'messages':[{'role':'user','content':'Rain?'}]}".formatted(options);
    return project.post("/v1/chat/completions", body.replace('\'', '"'));
  }

  private static JsonNode json(String text) {
    return MAPPER.readTree(text.replace('\'', '"'));
  }

  private static JsonNode body(String request) {
    return MAPPER.readTree(request.substring(request.indexOf("\r\n\r\n") + 4));
  }

  private static JsonNode options(JsonNode body) {
    return body.deepCopy()
        .asObject()
        .remove(List.of("model", "messages", "stream", "stream_options"));
  }

  private ServedProject project(String name, ScriptedServer model) {
    ServedProject.write(folder.resolve("docs/weather.md"), "# Weather\n\nRain from noon.\n");
    ServedProject project =
        new ServedProject(folder, SETTINGS.formatted(name, model.url().toString()));
    project.index("docs");
    return project;
  }
}
