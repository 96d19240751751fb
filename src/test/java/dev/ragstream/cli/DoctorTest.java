package dev.ragstream.cli;

import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.model.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ragstream doctor} looks at the model that answers, and at servers around it. */
class DoctorTest {

  private static final String KEY = "canary-77ad";
  private static final String MODELS =
      """
      {"object":"list","data":[{"id":"gpt-a"},{"id":"gpt-b"}]}\
      """;

  private final ScriptedServer server = new ScriptedServer();
  private Path folder;
  private Session session;

  @BeforeEach
  void open(@TempDir Path project) throws IOException {
    folder = project.toRealPath();
    session = new Session(folder);
    session.environment("OPENAI_API_KEY", KEY);
    session.environment("OPENAI_BASE_URL", server.url().toString());
    session.environment("OLLAMA_HOST", "127.0.0.1:1");
    Files.createDirectories(folder.resolve("docs"));
    Files.writeString(folder.resolve("docs/weather.md"), "# Weather\n\nCarry an umbrella.\n");
    assertThat(session.run(List.of("index", "docs"), "").exitCode()).isZero();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aModelThatItsServerOffersIsGood() {
    server.script(send(answer("200 OK", MODELS)), hangUp());

    Session.Outcome outcome = doctor("--set", "llm.model=openai:gpt-b");

    assertThat(outcome.out())
        .contains("✓ model      openai:gpt-b is offered by " + server.url() + "\n")
        .contains("; sets llm.model (--set llm.model)\n");
    assertThat(outcome.exitCode()).isZero();
    assertThat(server.requests().getFirst()).contains("Authorization: Bearer " + KEY);
  }

  @Test
  void aModelThatItsServerDoesNotListGetsTheNearestName() {
    server.script(send(answer("200 OK", MODELS)), hangUp());

    Session.Outcome outcome = doctor("--set", "llm.model=openai:gpt-bb");

    assertThat(outcome.out())
        .contains("! model      " + server.url() + " does not list openai:gpt-bb\n")
        .contains("→ did you mean openai:gpt-b? 'ragstream models' shows what it lists\n");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void aKeyThatIsRefusedIsBrokenAndNeverShown() {
    server.script(
        send(answer("401 Unauthorized", "{\"error\":{\"message\":\"bad key " + KEY + "\"}}")),
        hangUp());

    Session.Outcome outcome = doctor("--set", "llm.model=openai:gpt-b", "-v");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.out()).contains("✗ model      ").contains("OPENAI_API_KEY");
    assertThat(outcome.out() + outcome.err()).doesNotContain(KEY);
  }

  @Test
  void aServerThatIsNotThereIsBroken() {
    session.environment("OPENAI_BASE_URL", "http://127.0.0.1:1/v1");

    Session.Outcome outcome = doctor("--set", "llm.model=openai:gpt-b");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.out())
        .contains("✗ model      http://127.0.0.1:1/v1/models refused the connection\n");
  }

  @Test
  void aModelThatOllamaHasToFetchFirstSaysHow() {
    session.environment("OLLAMA_HOST", server.url().getHost() + ":" + server.url().getPort());
    server.script(send(answer("200 OK", "{\"models\":[{\"name\":\"llama3:8b\"}]}")), hangUp());

    Session.Outcome outcome = doctor("--set", "llm.model=ollama:qwen3");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.out()).contains("'ollama pull qwen3' fetches it\n");
  }

  @Test
  void anOllamaThatNoSettingNamesIsPointedOut() {
    session.environment("OLLAMA_HOST", server.url().getHost() + ":" + server.url().getPort());
    server.script(send(answer("200 OK", "{\"models\":[{\"name\":\"llama3:8b\"}]}")), hangUp());

    Session.Outcome outcome = doctor();

    assertThat(outcome.out())
        .contains("✓ nearby     Ollama at ")
        .contains(" has one model, and the settings do not name it\n")
        .contains("→ to ask it: ragstream ask -m ollama:llama3:8b");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void aServerOfItsOwnKindIsOnlyKnockedAt() {
    server.script(send(answer("404 Not Found", "no such page")), hangUp());

    Session.Outcome outcome =
        doctor(
            "--set", "llm.model=custom:house",
            "--set", "llm.baseUrl=" + server.url(),
            "--set", "llm.request={\"q\": \"{{prompt}}\"}",
            "--set", "llm.response.text=/text");

    assertThat(outcome.out())
        .contains("✓ model      custom:house: its server at " + server.url() + " answers\n");
    assertThat(server.requests().getFirst()).startsWith("GET ");
  }

  @Test
  void aCassetteThatIsNotThereIsBroken() {
    Session.Outcome outcome = doctor("--set", "llm.model=replay:missing.jsonl");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.out()).contains("✗ model      ").contains("missing.jsonl");
  }

  private Session.Outcome doctor(String... flags) {
    List<String> words = new ArrayList<>(List.of("doctor"));
    words.addAll(List.of(flags));
    return session.run(words, "");
  }

  private static String answer(String status, String json) {
    return "HTTP/1.1 "
        + status
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + json.length()
        + "\r\n\r\n"
        + json;
  }
}
