package dev.ragstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the front ends of the older services send, byte by byte as in {@code sample-data/requests},
 * is answered on its route by the settings' model.
 */
class SeedRequestsTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Path REQUESTS = Path.of("sample-data/requests");
  private static final Set<String> OVER_HTTP =
      Set.of("stream.json", "newchat.json", "historylist.json", "chathistory.json");

  @Test
  void everySampleIsTriedHere() throws Exception {
    try (Stream<Path> samples = Files.list(REQUESTS)) {
      assertThat(samples.map(path -> String.valueOf(path.getFileName())).filter(this::isUntried))
          .isEmpty();
    }
  }

  private boolean isUntried(String sample) {
    return !OVER_HTTP.contains(sample)
        && !Set.of("ws_chat.json", "chat-completions.json").contains(sample);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?wire=native", "?wire=classic"})
  void theBodiesOverHttpAreAnswered(String wire) throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      for (String sample : OVER_HTTP) {
        String path = "/" + sample.replace(".json", "") + wire;
        HttpResponse<String> response = server.send(server.post(path, body(sample)));
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        assertThat(response.body())
            .as(path)
            .doesNotContain("\"failed\"")
            .doesNotContain("\"code\":\"1\"");
      }
      String stream = "/stream" + wire;
      for (String body : List.of(body("stream.json"), body("ws_chat.json"))) {
        assertThat(server.send(server.post(stream, body)).body()).contains("Yes.");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?wire=native"})
  void theBodyOverWebSocketIsAnsweredWithEvents(String wire) throws Exception {
    try (TestServer server = TestServer.saying("Yes.");
        SocketClient client = new SocketClient(server, SocketRoutes.PATH + wire)) {
      client.say(body("ws_chat.json"));
      List<String> types = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        types.add(client.hear().path("type").asString());
      }
      assertThat(types).containsExactly("retrieved", "prompt", "text", "completed");
    }
  }

  @Test
  void theBodyOverWebSocketIsAnsweredClassicallyToo() throws Exception {
    try (TestServer server = TestServer.saying("Yes.");
        SocketClient client = new SocketClient(server, SocketRoutes.PATH + "?wire=classic")) {
      client.say(body("ws_chat.json"));
      assertThat(client.hearText())
          .startsWith("{\"msg\":\"success\",\"code\":0,")
          .contains("} || data: ", "\"content\":\"Yes.\"");
      assertThat(client.hearText()).isEqualTo("{\"text\":\"messageend\"}");
    }
  }

  /** Its model is listed where it is on the server; here another one is. */
  @Test
  void openAisBodyIsAnsweredByTheModelThatItNames() throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      String body = body("chat-completions.json");
      String path = "/v1/chat/completions";
      assertThat(server.send(server.post(path, body)).statusCode()).isEqualTo(404);
      String here = body.replace("\"extractive\"", "\"scripted\"");
      assertThat(server.send(server.post(path, here)).body()).contains("Yes.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "classic"})
  void aModelOutsideTheListNeverAnswersAndOneInItDoes(String wire) throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      for (String model : List.of("deepseek-r1-distill", "openai:other")) {
        String body = "{\"question\":\"Rain?\",\"model\":\"" + model + "\"}";
        server.send(server.post("/stream?wire=" + wire, body));
        try (SocketClient client = new SocketClient(server, SocketRoutes.PATH + "?wire=" + wire)) {
          client.say(body);
          client.hearText();
        }
      }
      assertThat(server.backend.choices.stream().map(choice -> Objects.toString(choice.model())))
          .containsExactly("null", "null", "openai:other", "openai:other");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', first second third",
    "', \"history_len\": 4', first second third",
    "', \"history_len\": 2', second third",
    "', \"history_len\": 0', ''",
  })
  void theLatestOfTheHistoryCountAsFarAsTheRequestSays(String field, String heard)
      throws Exception {
    String body =
        """
        {"question": "Rain?", "history": [
          {"role": "user", "content": "first"},
          {"role": "assist", "content": "second"},
          {"role": "user", "content": "third"}]%s}
        """
            .formatted(field);
    try (TestServer server = TestServer.saying("Yes.");
        SocketClient client = new SocketClient(server)) {
      String prompt = server.send(server.post("/api/prompt", body)).body();
      client.say(body);
      client.hear(); // retrieved
      for (JsonNode event : List.of(MAPPER.readTree(prompt), client.hear())) {
        assertThat(event.path("history").valueStream().map(each -> each.path("content").asString()))
            .as("%s", event)
            .isEqualTo(heard.isEmpty() ? List.of() : List.of(heard.split(" ")));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "\"2\"", "true"})
  void aHistoryLengthThatIsNoneIsRefused(String length) throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      HttpResponse<String> refused =
          server.send(
              server.post("/stream", "{\"question\":\"Rain?\",\"history_len\":" + length + "}"));
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("'history_len' is no whole number from 0");
    }
  }

  private static String body(String sample) throws IOException {
    return Files.readString(REQUESTS.resolve(sample));
  }
}
