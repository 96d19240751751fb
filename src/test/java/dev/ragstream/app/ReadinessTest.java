package dev.ragstream.app;

import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.model.ScriptedServer;
import dev.ragstream.server.Backend.Part;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /readyz}, over a real store and a scripted server of a model. */
class ReadinessTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private Path folder;

  @Test
  void whatNeedsNoServerIsReadyOnceThereIsAnIndex() throws Exception {
    try (ServedProject project = project("")) {
      HttpResponse<String> missing = project.get("/readyz");

      assertThat(missing.statusCode()).isEqualTo(503);
      JsonNode store = part(missing, "store");
      assertThat(store.path("kind").asString()).isEqualTo("store_missing");
      assertThat(store.path("remedy").asString()).contains("ragstream index");
      assertThat(part(missing, "model").path("status").asString()).isEqualTo("ok");
      assertThat(project.get("/healthz").statusCode()).isEqualTo(200);
    }
    try (ServedProject project = project("")) {
      project.index("docs");

      HttpResponse<String> ready = project.get("/readyz");

      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(ready.body())
          .isEqualTo(
              "{\"status\":\"ok\",\"parts\":[{\"name\":\"store\",\"status\":\"ok\"},"
                  + "{\"name\":\"model\",\"status\":\"ok\"}]}");
    }
  }

  @Test
  void aServerThatListsItsModelsIsReadyAndIsNotAskedAgainAtOnce() throws Exception {
    AtomicLong now = new AtomicLong();
    try (ScriptedServer model = new ScriptedServer();
        ServedProject project =
            project("llm: {model: \"openai:m\", baseUrl: " + model.url() + "}");
        Assembly assembly = project.assembly()) {
      for (int i = 0; i < 2; i++) {
        model.script(json("200 OK", "{\"data\":[{\"id\":\"m\"}]}"), hangUp());
      }
      project.index("docs");
      Readiness readiness = new Readiness(assembly, now::get);

      for (int i = 0; i < 3; i++) {
        assertThat(readiness.parts()).extracting(Part::failure).containsOnlyNulls();
      }
      assertThat(model.requests()).singleElement().asString().startsWith("GET /v1/models HTTP/1.1");

      now.addAndGet(Duration.ofSeconds(6).toNanos());
      readiness.parts();
      assertThat(model.requests()).hasSize(2);
    }
  }

  @Test
  void aServerThatKnowsNoListIsThereAllTheSame() throws Exception {
    try (ScriptedServer model = new ScriptedServer();
        ServedProject project =
            project("llm: {model: \"openai:m\", baseUrl: " + model.url() + "}")) {
      model.script(json("404 Not Found", "{}"), hangUp());
      project.index("docs");

      assertThat(project.get("/readyz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aServerThatRefusesTheKeyIsNotReadyAndTheKeyIsNotTold() throws Exception {
    String key = "canary-key-77aa";
    try (ScriptedServer model = new ScriptedServer();
        ServedProject project =
            new ServedProject(
                folder,
                "llm: {model: \"openai:m\"}",
                Map.of("OPENAI_BASE_URL", model.url().toString(), "OPENAI_API_KEY", key))) {
      model.script(json("401 Unauthorized", "{\"error\":{\"message\":\"bad " + key + "\"}}"));

      HttpResponse<String> response = project.get("/readyz");

      assertThat(response.statusCode()).isEqualTo(503);
      JsonNode part = part(response, "model");
      assertThat(part.path("kind").asString()).isEqualTo("upstream_unauthorized");
      assertThat(part.path("remedy").asString()).contains("OPENAI_API_KEY");
      assertThat(response.body()).doesNotContain(key);
    }
  }

  @Test
  void aServerThatIsNotThereIsNamedWithWhatToDo() throws Exception {
    try (ServedProject project =
        project("llm: {model: \"ollama:m\", baseUrl: \"http://127.0.0.1:1\"}")) {
      HttpResponse<String> response = project.get("/readyz");

      assertThat(response.statusCode()).isEqualTo(503);
      JsonNode part = part(response, "model");
      assertThat(part.path("kind").asString()).isEqualTo("upstream_unreachable");
      assertThat(part.path("problem").asString()).contains("127.0.0.1:1");
      assertThat(part.path("remedy").asString()).contains("llm.baseUrl");
    }
  }

  @Test
  void aDescribedServerIsThereWhateverItAnswers() throws Exception {
    try (ScriptedServer model = new ScriptedServer();
        ServedProject project =
            project(
                """
                llm:
                  model: "custom:m"
                  baseUrl: %s/chat
                  request: '{"q": {{prompt}}}'
                  response: {text: /text}
                """
                    .formatted(model.url()))) {
      model.script(json("405 Method Not Allowed", "no"), hangUp());
      project.index("docs");

      assertThat(project.get("/readyz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anEmbeddingModelOnAServerIsAPartOfItsOwn() throws Exception {
    try (ServedProject project =
        project("embedding: {model: \"openai:e\", baseUrl: \"http://127.0.0.1:1/v1\"}")) {
      HttpResponse<String> response = project.get("/readyz");

      assertThat(part(response, "embedding").path("remedy").asString())
          .contains("embedding.baseUrl");
    }
  }

  private ServedProject project(String settings) {
    ServedProject.write(folder.resolve("docs/weather.md"), "# Weather\n\nRain from noon.\n");
    return new ServedProject(folder, settings);
  }

  private static ScriptedServer.Step json(String status, String body) {
    return send(
        "HTTP/1.1 "
            + status
            + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private static JsonNode part(HttpResponse<String> response, String name) {
    return MAPPER
        .readTree(response.body())
        .path("parts")
        .valueStream()
        .filter(part -> part.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
