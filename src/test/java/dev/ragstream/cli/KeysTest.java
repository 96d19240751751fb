package dev.ragstream.cli;

import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.model.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server that refuses a key has its user told: where that key came from, never the key. */
class KeysTest {

  private static final String KEY = "canary-8d20";

  private final ScriptedServer server = new ScriptedServer();
  private Path folder;
  private Session session;

  @BeforeEach
  void open(@TempDir Path project) throws IOException {
    folder = project.toRealPath();
    session = new Session(folder);
    settings("");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aKeyOfTheCommandLineIsLookedForThere() {
    assertThat(refused(KEY, "--set", "llm.apiKey=" + KEY))
        .contains("→ check the key in --set llm.apiKey\n");
  }

  @Test
  void aKeyOfAFileIsLookedForInItsLine() throws IOException {
    settings("  apiKey: " + KEY + "\n");

    assertThat(refused(KEY)).contains("→ check the key in ragstream.yaml:4\n");
  }

  @Test
  void aKeyOfAVariableThatAFileNamesIsLookedForInBoth() throws IOException {
    session.environment("TEAM_KEY", KEY);
    settings("  apiKey: ${TEAM_KEY}\n");

    assertThat(refused(KEY))
        .contains("→ check the key in $TEAM_KEY, which ragstream.yaml:4 names\n");
  }

  @Test
  void aKeyOfAVariableThatAVariableNamesIsLookedForInBoth() {
    session.environment("TEAM_KEY", KEY);
    session.environment("RAGSTREAM_LLM_API_KEY", "${TEAM_KEY}");

    assertThat(refused(KEY))
        .contains("→ check the key in $TEAM_KEY, which $RAGSTREAM_LLM_API_KEY names\n");
  }

  @Test
  void aKeyOfTheSettingsOwnVariableIsLookedForThere() {
    session.environment("RAGSTREAM_LLM_API_KEY", KEY);

    assertThat(refused(KEY))
        .contains("→ check the key in $RAGSTREAM_LLM_API_KEY, or set llm.apiKey\n");
  }

  @Test
  void aHeaderThatTakesTheKeysPlaceIsLookedFor() throws IOException {
    session.environment("RAGSTREAM_LLM_API_KEY", "another");
    settings("  headers:\n    Authorization: Token " + KEY + "\n");

    assertThat(refused("Token " + KEY)).contains("→ check the key in ragstream.yaml:");
  }

  @Test
  void keysThatWereNotSentAreNotShownEither() throws IOException {
    session.environment("ANTHROPIC_API_KEY", "canary-of-another");
    session.environment("TEAM_KEY", "canary-of-vectors");
    settings("  apiKey: " + KEY + "\nembedding: {apiKey: \"${TEAM_KEY}\"}\n");
    Files.writeString(
        folder.resolve("ragstream.yaml"),
        "store: {apiKey: canary-of-the-store, password: \"${UNSET}\"}\n",
        StandardOpenOption.APPEND);

    assertThat(
            refused(KEY, "canary-of-another canary-of-vectors canary-of-the-store", new String[0]))
        .contains("$ANTHROPIC_API_KEY $TEAM_KEY $RAGSTREAM_STORE_API_KEY\n");
  }

  /** What the user is told when the server refuses a request with this key. */
  private String refused(String sent, String... options) {
    return refused(sent, "", options);
  }

  /** The same, and the server says more. */
  private String refused(String sent, String more, String[] options) {
    server.script(
        send(
            "HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n"
                + "{\"error\":{\"message\":\"no such key: "
                + sent
                + " "
                + more
                + "\"}}"),
        hangUp());
    List<String> arguments = new ArrayList<>(List.of("models"));
    arguments.addAll(List.of(options));

    Session.Outcome outcome = session.run(arguments, "");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(server.requests().getFirst()).contains(sent + "\r\n");
    assertThat(outcome.out()).doesNotContain(KEY);
    return outcome.out();
  }

  private void settings(String more) throws IOException {
    Files.writeString(
        folder.resolve("ragstream.yaml"),
        "llm:\n  model: openai:some-model\n  baseUrl: " + server.url() + "\n" + more);
  }
}
