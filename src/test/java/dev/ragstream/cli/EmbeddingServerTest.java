package dev.ragstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.embed.EmbeddingServer;
import dev.ragstream.embed.EmbeddingServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands with an embedding model on a server, as their user sees them. */
class EmbeddingServerTest {

  private static final String KEY = "canary-90d2";

  private final EmbeddingServer server = new EmbeddingServer();
  private Path folder;
  private Session session;

  @BeforeEach
  void aProject(@TempDir Path project) throws IOException {
    folder = project.toRealPath();
    session = new Session(folder);
    session.environment("OPENAI_API_KEY", KEY);
    session.environment("OPENAI_BASE_URL", server.v1().toString());
    session.environment("OLLAMA_HOST", server.root().getAuthority());
    write("ragstream.yaml", "embedding: {model: \"openai:text-embedder\"}\n");
    write("docs/weather.md", "# Weather\n\nCarry an umbrella today.\n");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void documentsAndQuestionsAreEmbeddedByTheServer() {
    assertThat(run("index", "docs").exitCode()).isZero();

    Session.Outcome found = run("search", "--mode", "vector", "umbrella");

    assertThat(found.out()).contains("docs/weather.md#1");
    assertThat(server.inputs())
        .contains(List.of("Weather\nCarry an umbrella today."), List.of("umbrella"));
    assertThat(server.authorizations()).containsOnly("Bearer " + KEY);
    assertThat(run("status").out()).contains("embedding  openai:text-embedder (16 dimensions)\n");
  }

  @Test
  void ollamaIsFoundWhereItsVariableSays() {
    assertThat(run("--set", "embedding.model=ollama:nomic", "index", "docs").exitCode()).isZero();
    assertThat(server.requests())
        .allSatisfy(request -> assertThat(request.path("model").asString()).isEqualTo("nomic"));
    assertThat(server.authorizations()).containsOnly("");
  }

  @Test
  void aKeyOfTheEnvironmentIsNotSentToAnAddressOfTheSettings() {
    run("--set", "embedding.baseUrl=" + server.v1(), "index", "docs");

    assertThat(server.authorizations()).containsOnly("");
  }

  @Test
  void aRunThatTheServerFailsKeepsWhatWasCommittedAndTheNextGoesOn() throws IOException {
    run("index", "docs");
    write("docs/pool.md", "# Pool\n\nA swim costs five euros.\n");
    write("docs/tram.md", "# Tram\n\nThe tram is late.\n");
    server.instead(
        request -> request.toString().contains("tram") ? Answer.error(500, "out of memory") : null);

    Session.Outcome failed = run("index", "docs");

    assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(failed.err())
        .contains("error: " + server.v1() + "/embeddings answered 500: out of memory")
        .doesNotContain(KEY);
    assertThat(run("search", "umbrella").out()).contains("docs/weather.md#1");

    server.instead(_ -> null);
    int before = server.requests().size();
    Session.Outcome second = run("index", "docs");

    assertThat(second.exitCode()).isZero();
    assertThat(second.err())
        .as("the pool's page was committed before the failure, or was not")
        .containsAnyOf("2 indexed (2 chunks), 1 unchanged", "1 indexed (1 chunks), 2 unchanged");
    assertThat(server.inputs().subList(before, server.inputs().size()))
        .as("what was embedded before the failure is not embedded again")
        .doesNotContain(List.of("Pool\nA swim costs five euros."))
        .contains(List.of("Tram\nThe tram is late."));
  }

  @Test
  void aTextThatIsRefusedIsNamedByItsChunk() {
    server.instead(
        request -> request.toString().contains("umbrella") ? Answer.error(400, "too long") : null);

    Session.Outcome outcome = run("index", "docs");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err())
        .contains(
            "error: docs/weather.md#1 cannot be embedded: the text that begins with \"Weather",
            "answered 400: too long",
            "→ if it is too long, lower embedding.maxTokens; else");
  }

  @Test
  void anIndexOfOtherDimensionsIsRefusedWithBothNames() {
    run("index", "docs");

    Session.Outcome outcome = run("--set", "embedding.dimensions=8", "search", "umbrella");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err())
        .contains("openai:text-embedder (16 dimensions)", "openai:text-embedder (8 dimensions)")
        .contains("ragstream index --rebuild");
  }

  @Test
  void doctorAsksTheServer() {
    run("index", "docs");

    assertThat(run("doctor").out())
        .contains("✓ embedding  openai:text-embedder (16 dimensions) works\n");
    server.close();
    Session.Outcome broken = run("doctor");
    assertThat(broken.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(broken.out())
        .contains("✗ embedding  " + server.v1() + "/embeddings refused the connection\n")
        .contains("→ check that the model's server is running and that embedding.baseUrl")
        .contains("✓ store      the index at ");
  }

  @Test
  void offlineAnEmbeddingModelOnAServerIsRefusedAndWordsStillFind() {
    run("index", "docs");
    int before = server.requests().size();

    Session.Outcome refused = run("--offline", "search", "umbrella");
    Session.Outcome words = run("--offline", "search", "--mode", "lexical", "umbrella");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err())
        .contains("the embedding model openai:text-embedder needs a network, and --offline");
    assertThat(words.out()).contains("docs/weather.md#1");
    assertThat(server.requests()).hasSize(before);
  }

  private Session.Outcome run(String... arguments) {
    return session.run(List.of(arguments), "");
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
