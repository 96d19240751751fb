package dev.ragstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample cassette as a server's model: offline, without an index, and the same every time. */
class ServedCassetteTest {

  private static final String QUESTION = "Should I carry an umbrella?";

  @TempDir private Path folder;

  @Test
  void everyWireAnswersFromTheCassetteAlone() throws Exception {
    try (ServedProject project = project()) {
      String question = "{\"question\":\"" + QUESTION + "\"}";
      String messages = "{\"messages\":[{\"role\":\"user\",\"content\":\"" + QUESTION + "\"}]";
      assertThat(project.get("/readyz").statusCode()).isEqualTo(200);
      for (String answer :
          List.of(
              project.post("/stream", question).body(),
              project.post("/stream?wire=classic", question).body(),
              project.post("/api/ask", question).body(),
              project.post("/v1/chat/completions", messages + "}").body(),
              project.post("/v1/chat/completions", messages + ",\"stream\":true}").body(),
              project.post("/api/chat", messages + "}").body(),
              project.ask(question))) {
        assertThat(answer).contains("umbrella: ").contains("bulletin-2026-11-23.md");
      }
      assertThat(project.post("/api/search", question).body())
          .contains("sample-data/weather/bulletin-2026-11-23.md#2");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "rate=1000/s", "first=10ms", "error=3", "cut=5", "duplicate=3", "split"})
  void whateverIsRehearsedIsTheSameEveryTime(String trouble) throws Exception {
    try (ServedProject project = project()) {
      String body = "{\"question\":\"" + QUESTION + "\",\"rehearse\":\"" + trouble + "\"}";
      List<String> first = pieces(project, body);

      assertThat(first).isNotEmpty();
      assertThat(pieces(project, body)).isEqualTo(first);
    }
  }

  @Test
  void aQuestionThatIsNotOnTheCassetteIsRefusedWithWhatToDo() throws Exception {
    try (ServedProject project = project()) {
      HttpResponse<String> response =
          project.post("/api/ask", "{\"question\":\"When is the bridge open?\"}");

      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body()).contains("\"remedy\":\"");
    }
  }

  @Test
  void noFailureTellsAClientWhereTheCassetteLies() throws Exception {
    Path cassette = folder.resolve("umbrella.jsonl");
    Files.copy(Path.of("sample-data/cassettes/umbrella.jsonl"), cassette);
    ServedProject.write(folder.resolve("docs/weather.md"), "# Weather\n\nRain from noon.\n");
    try (ServedProject project =
        new ServedProject(folder, "llm: {model: \"replay:umbrella.jsonl\"}\n")) {
      project.index("docs");
      for (String question : List.of(QUESTION, "When is the bridge open?")) {
        assertThat(project.post("/stream", "{\"question\":\"" + question + "\"}").body())
            .contains("\"kind\":\"replay_mismatch\"", "umbrella.jsonl")
            .doesNotContain(folder.toString());
      }
    }
    Files.delete(cassette);
    try (ServedProject project =
        new ServedProject(folder, "llm: {model: \"replay:umbrella.jsonl\"}\n")) {
      assertThat(project.post("/stream", "{\"question\":\"" + QUESTION + "\"}").body())
          .contains("there is no cassette umbrella.jsonl")
          .doesNotContain(folder.toString());
      assertThat(project.get("/readyz").body())
          .contains("there is no cassette umbrella.jsonl")
          .doesNotContain(folder.toString());
    }
  }

  /** What was said until the end, however it came. */
  private static List<String> pieces(ServedProject project, String body) throws Exception {
    return project
        .lines("/stream", body)
        .filter(line -> line.matches("data: \\{\"type\":\"(reasoning|text)\".*"))
        .toList();
  }

  private ServedProject project() {
    Path cassette = Path.of("sample-data/cassettes/umbrella.jsonl").toAbsolutePath();
    return new ServedProject(
        folder,
        "llm: {model: \"replay:" + cassette + "\"}\nreplay: {match: question, speed: max}\n",
        Map.of(),
        true);
  }
}
