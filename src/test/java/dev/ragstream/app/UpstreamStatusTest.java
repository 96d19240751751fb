package dev.ragstream.app;

import static dev.ragstream.model.ScriptedServer.STREAM;
import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.model.ScriptedServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What OpenAI's clients hear when the model's server refuses: the whole way, with real sockets. */
class UpstreamStatusTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String STREAMED =
      "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Rain?\"}]}";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "401 Unauthorized, 401, upstream_unauthorized",
    "404 Not Found, 502, upstream_error",
    "400 Bad Request, 502, upstream_error",
    "500 Internal Server Error, 502, upstream_error"
  })
  void aRefusalIsTheStatusOfTheResponse(String answer, int status, String code) throws Exception {
    try (ScriptedServer model = new ScriptedServer();
        ServedProject project = project(model.url().toString())) {
      model.script(
          send(
              "HTTP/1.1 "
                  + answer
                  + "\r\nConnection: close\r\nContent-Length: 29\r\n\r\n"
                  + "{\"error\":{\"message\":\"sorry\"}}"));

      HttpResponse<String> response = project.post("/v1/chat/completions", STREAMED);

      assertThat(response.statusCode()).isEqualTo(status);
      JsonNode error = MAPPER.readTree(response.body()).path("error");
      assertThat(error.path("code").asString()).isEqualTo(code);
      assertThat(error.path("message").asString()).contains("sorry");
    }
  }

  /** It is asked four times before it is given up. */
  @Test
  void theWaitOfABusyServerIsPassedOn() throws Exception {
    try (ScriptedServer model = new ScriptedServer();
        ServedProject project = project(model.url().toString())) {
      String busy = "HTTP/1.1 429 Too Many\r\nConnection: close\r\nContent-Length: 0\r\n";
      for (int i = 0; i < 3; i++) {
        model.script(send(busy + "Retry-After: 0\r\n\r\n"), hangUp());
      }
      model.script(send(busy + "Retry-After: 17\r\n\r\n"), hangUp());

      HttpResponse<String> response = project.post("/v1/chat/completions", STREAMED);

      assertThat(response.statusCode()).isEqualTo(429);
      assertThat(response.headers().firstValue("Retry-After")).hasValue("17");
      assertThat(model.requests()).hasSize(4);
    }
  }

  @Test
  void aServerThatIsNotThereIsABadGateway() throws Exception {
    try (ServedProject project = project("http://127.0.0.1:1/v1")) {
      HttpResponse<String> response = project.post("/v1/chat/completions", STREAMED);

      assertThat(response.statusCode()).isEqualTo(502);
      assertThat(response.body()).contains("127.0.0.1:1").contains("upstream_unreachable");
    }
  }

  @Test
  void whatFailsAfterItsFirstWordFailsInTheStream() throws Exception {
    try (ScriptedServer model = new ScriptedServer();
        ServedProject project = project(model.url().toString())) {
      model.script(
          send(STREAM + "data: {\"choices\":[{\"delta\":{\"content\":\"Yes\"}}]}\n\n"), hangUp());

      HttpResponse<String> response = project.post("/v1/chat/completions", STREAMED);

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body())
          .contains("\"content\":\"Yes\"")
          .contains("\"code\":\"incomplete\"")
          .doesNotContain("[DONE]");
    }
  }

  private ServedProject project(String url) {
    ServedProject.write(folder.resolve("docs/weather.md"), "# Weather\n\nRain from noon.\n");
    ServedProject project =
        new ServedProject(folder, "llm: {model: \"openai:m\", baseUrl: \"" + url + "\"}");
    project.index("docs");
    return project;
  }
}
