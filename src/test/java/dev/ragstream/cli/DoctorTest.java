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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
        .contains("✗ model      " + server.url() + " does not list openai:gpt-bb\n")
        .contains("→ did you mean openai:gpt-b? 'ragstream models' shows what it lists\n");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void aModelThatMayStandFurtherDownAListIsInDoubt() {
    String page = MODELS.replace("{\"object\"", "{\"has_more\":true,\"object\"");
    server.script(send(answer("200 OK", page)), hangUp());

    Session.Outcome outcome = doctor("--set", "llm.model=openai:gpt-z");

    assertThat(outcome.out())
        .contains(
            "! model      " + server.url() + " does not list openai:gpt-z; but its list goes on");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void aServerThatListsNoModelsMayHaveTheModelAllTheSame() {
    server.script(send(answer("404 Not Found", "{}")), hangUp());

    Session.Outcome outcome = doctor("--set", "llm.model=openai:gpt-z");

    assertThat(outcome.out())
        .contains("! model      " + server.url() + " answers, but lists no models; it may have");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void aNameThatAnthropicDoesNotListMayBeShortForAnother() {
    session.environment("ANTHROPIC_API_KEY", KEY);
    server.script(send(answer("200 OK", "{\"data\":[{\"id\":\"opus-1\"}]}")), hangUp());

    Session.Outcome outcome =
        doctor("--set", "llm.model=anthropic:opus", "--set", "llm.baseUrl=" + server.url());

    assertThat(outcome.out()).contains("! model      ").contains("; but it knows short names");
    assertThat(outcome.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llm: {modle: extractive}\n",
        "llm: [\n",
        "llm: {modle: x}\nretrieval: {topK: many}\n",
        "store: {type: elasticsearch, apiKey: \"${NOT_SET}\"}\n"
      })
  void settingsThatCannotBeUsedAreAFindingAmongTheRest(String text) throws IOException {
    Files.writeString(folder.resolve("ragstream.yaml"), text);
    session.environment("OLLAMA_HOST", server.url().getHost() + ":" + server.url().getPort());
    server.script(send(answer("200 OK", "{\"models\":[{\"name\":\"llama3:8b\"}]}")), hangUp());

    Session.Outcome outcome = doctor();

    assertThat(outcome.out())
        .contains("✓ java ", "✗ settings  ", "ragstream.yaml", "→ ")
        .contains("✓ nearby    Ollama at ", "✓ disk ", "✓ terminal ")
        .doesNotContain(" embedding ", " store ", " model ");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void aTypingMistakeInTheSettingsIsPointedOut() throws IOException {
    Files.writeString(folder.resolve("ragstream.yaml"), "llm: {modle: extractive}\n");

    assertThat(doctor().out())
        .contains("✗ settings  ragstream.yaml:1: unknown setting llm.modle\n")
        .contains("→ did you mean llm.model?\n");
  }

  @Test
  void aFolderInPlaceOfTheSettingsIsAFindingInJson() throws IOException {
    Files.createDirectory(folder.resolve("ragstream.yaml"));

    Session.Outcome outcome = doctor("--json");

    JsonNode answer = new JsonMapper().readTree(outcome.out());
    assertThat(answer.path("healthy").booleanValue()).isFalse();
    assertThat(answer.path("findings").get(1).path("level").stringValue()).isEqualTo("broken");
    assertThat(answer.path("findings").get(1).path("subject").stringValue()).isEqualTo("settings");
    assertThat(answer.path("findings").get(1).path("remedy").isString()).isTrue();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void anEmbeddingModelThatThereIsNotKeepsNothingElseFromBeingLookedAt() {
    Session.Outcome outcome = doctor("--set", "embedding.model=bge-smal-en");

    assertThat(outcome.out()).contains("✗ ", "bge-smal-en", "✓ disk ", "✓ terminal ");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void anAddressOfOllamaThatIsNoneKeepsNothingElseFromBeingLookedAt() {
    session.environment("OLLAMA_HOST", "http://:::");

    Session.Outcome outcome = doctor();

    assertThat(outcome.out()).contains("! nearby     ", "OLLAMA_HOST", "✓ disk ", "✓ terminal ");
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
