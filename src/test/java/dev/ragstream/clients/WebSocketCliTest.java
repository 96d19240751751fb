package dev.ragstream.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /ws_chat}, asked by {@code wscat}. */
@ExtendWith(Site.Resolver.class)
class WebSocketCliTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  @BeforeAll
  static void clientsAreInstalled() {
    NpmClients.require();
  }

  @Test
  void severalQuestionsOnOneSocketAreAnsweredWithoutMixing(Site site) throws Exception {
    try (Cat cat =
        new Cat(
            "--connect",
            address(site),
            "--wait",
            "-1",
            "--execute",
            question("a", ModelServer.THINKER),
            "--execute",
            question("b", "extractive"),
            "--execute",
            question("c", Site.CASSETTE),
            "--execute",
            "{heartbeat}")) {
      List<JsonNode> frames = new ArrayList<>();
      while (frames.stream().filter(frame -> type(frame).equals("completed")).count() < 3) {
        frames.add(cat.frame());
      }
      for (String id : List.of("a", "b", "c")) {
        List<JsonNode> own =
            frames.stream().filter(frame -> frame.path("id").asString().equals(id)).toList();
        assertThat(own.stream().map(frame -> frame.path("run").asString()).distinct()).hasSize(1);
        assertThat(own.stream().map(WebSocketCliTest::type))
            .as(id)
            .startsWith("retrieved", "prompt")
            .endsWith("completed")
            .containsOnlyOnce("completed");
      }
      assertThat(text(frames, "a")).isEqualTo("Yes, take 雨伞 🌂 [1].");
      assertThat(text(frames, "b")).contains("umbrella");
      assertThat(text(frames, "c")).contains("umbrella").isNotEqualTo(text(frames, "b"));
    }
  }

  @Test
  void theOlderServicesClientsGetAHeadPiecesAndAnEnd(Site site) throws Exception {
    String question =
        """
        {"model":"deepseek-r1-distill","question":"Should I carry an umbrella?","userId":"testuser","stream":true}\
        """;
    try (Cat cat =
        new Cat(
            "--connect",
            address(site) + "?wire=classic",
            "--wait",
            "-1",
            "--execute",
            question,
            "--execute",
            "{\"question\":\"{heartbeat}\"}")) {
      List<String> lines = new ArrayList<>();
      while (!lines.contains("{\"text\":\"messageend\"}")) {
        lines.add(cat.line());
      }
      assertThat(lines.getFirst())
          .matches("\\{\"msg\":\"success\",\"code\":0,\"logId\":\"\\w+\"} \\|\\| data: \\{.*}");
      List<String> pieces =
          lines.stream()
              .map(line -> line.substring(line.indexOf(" || ") < 0 ? 0 : line.indexOf(" || ") + 4))
              .filter(line -> line.startsWith("data: "))
              .map(line -> MAPPER.readTree(line.substring("data: ".length())))
              .map(chunk -> chunk.at("/choices/0/delta/content").asString())
              .toList();
      assertThat(String.join("", pieces)).contains("umbrella");
    }
  }

  @Test
  void aQuestionIsCancelledAndItsModelStops(Site site) throws Exception {
    String words = "What is cancelled by wscat " + UUID.randomUUID() + "?";
    try (Cat cat = new Cat("--connect", address(site))) {
      cat.awaitOpen();
      cat.say(
          "{\"id\":\"q\",\"question\":\"%s\",\"model\":\"%s\"}"
              .formatted(words, ModelServer.COUNTER));
      while (!cat.frame().path("text").asString("").equals("3 ")) {
        // not yet
      }
      cat.say("{\"type\":\"cancel\",\"id\":\"q\"}");
      JsonNode frame = cat.frame();
      while (type(frame).equals("text")) {
        frame = cat.frame();
      }
      assertThat(type(frame)).isEqualTo("cancelled");
      assertThat(frame.path("id").asString()).isEqualTo("q");
      site.models.awaitLeft(words);

      cat.say("nonsense");
      assertThat(cat.frame().path("problem").asString()).contains("not valid JSON");
      cat.say(question("r", ModelServer.THINKER));
      while (!type(frame).equals("completed")) {
        frame = cat.frame();
      }
    }
  }

  @Test
  void aSocketThatIsLeftStopsItsModel(Site site) throws Exception {
    String words = "What is left by wscat " + UUID.randomUUID() + "?";
    try (Cat cat =
        new Cat(
            "--connect",
            address(site),
            "--wait",
            "-1",
            "--execute",
            "{\"question\":\"%s\",\"model\":\"%s\"}".formatted(words, ModelServer.COUNTER))) {
      while (!cat.frame().path("text").asString("").equals("3 ")) {
        // not yet
      }
    }
    site.models.awaitLeft(words);
  }

  @Test
  void aForeignPageOrNameDoesNotComeIn(Site site) throws Exception {
    for (List<String> foreign :
        List.of(
            List.of("--origin", "http://evil.example"),
            List.of("--origin", "null"),
            List.of("--host", "localhost.example.com"))) {
      List<String> arguments = new ArrayList<>(List.of("--connect", address(site)));
      arguments.addAll(foreign);
      try (Cat cat = new Cat(arguments.toArray(String[]::new))) {
        assertThat(cat.line())
            .as("%s", foreign)
            .isEqualTo("error: Unexpected server response: 403");
        assertThat(cat.process.waitFor()).isNotZero();
      }
    }
  }

  private static String address(Site site) {
    return "ws://127.0.0.1:" + site.server.port() + "/ws_chat";
  }

  private static String question(String id, String model) {
    return "{\"id\":\"%s\",\"question\":\"%s\",\"model\":\"%s\"}"
        .formatted(id, Site.QUESTION, model);
  }

  private static String type(JsonNode frame) {
    return frame.path("type").asString();
  }

  private static String text(List<JsonNode> frames, String id) {
    return frames.stream()
        .filter(frame -> frame.path("id").asString().equals(id) && type(frame).equals("text"))
        .map(frame -> frame.path("text").asString())
        .collect(Collectors.joining());
  }

  /** One wscat and what it prints. */
  private static final class Cat implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;

    Cat(String... arguments) throws IOException {
      process = NpmClients.wscat(arguments).redirectErrorStream(true).start();
      output = process.inputReader(StandardCharsets.UTF_8);
      input = process.outputWriter(StandardCharsets.UTF_8);
      // Nothing else would end a read from it.
      process
          .onExit()
          .orTimeout(120, TimeUnit.SECONDS)
          .exceptionally(_ -> {
            process.destroyForcibly();
            return process;
          });
    }

    /** What is typed before it is connected is lost, and it does not say when it is. */
    void awaitOpen() throws IOException, InterruptedException {
      while (!output.ready()) {
        say("{}");
        Thread.sleep(50);
      }
      say("[]");
      while (!frame().path("problem").asString().contains("not a JSON object")) {
        // the answers to what came before
      }
    }

    void say(String line) throws IOException {
      input.write(line + "\n");
      input.flush();
    }

    /** The next line that says something, without what it writes for those who type. */
    String line() throws IOException {
      String line;
      do {
        line = output.readLine();
        assertThat(line).as("a line of wscat").isNotNull();
        line = line.replaceFirst("^(> )+", "");
      } while (line.isBlank());
      return line;
    }

    JsonNode frame() throws IOException {
      return MAPPER.readTree(line());
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
