package dev.ragstream.cli;

import static dev.ragstream.model.ScriptedServer.await;
import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.model.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ragstream models} against servers, as its user sees it. */
class ModelsTest {

  private static final String KEY = "canary-41f6";
  private static final String OPENAI =
      """
      {"object":"list","data":[{"id":"gpt-b"},{"id":"gpt-a"},{"id":"text-embedder"}]}\
      """;
  private static final String OLLAMA =
      """
      {"models":[{"name":"nomic-embed-text:latest","size":1},{"name":"deepseek-r1:7b"}]}\
      """;

  private final ScriptedServer openAi = new ScriptedServer();
  private final ScriptedServer ollama = new ScriptedServer();
  private Path folder;
  private Session session;

  @BeforeEach
  void open(@TempDir Path project) throws IOException {
    folder = project.toRealPath();
    session = new Session(folder);
    session.environment("OPENAI_API_KEY", KEY);
    session.environment("OPENAI_BASE_URL", openAi.url().toString());
    session.environment("OLLAMA_HOST", root().toString());
  }

  @AfterEach
  void close() {
    openAi.close();
    ollama.close();
  }

  @Test
  void eachServerOfTheSettingsIsAskedAndTheDefaultsAreMarked() throws IOException {
    settings("llm: {model: \"openai:gpt-b\"}\nembedding: {model: \"ollama:nomic-embed-text\"}\n");
    openAi.script(send(answer(OPENAI)), hangUp());
    ollama.script(send(answer(OLLAMA)), hangUp());

    Session.Outcome outcome = session.run(List.of("models"), "");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .isEqualTo(
            """
            built in, answers
                extractive

            built in, embeddings
                bge-small-en
                bge-small-zh
                all-minilm-l6
                e5-small

            openai at %s
                openai:gpt-a
              * openai:gpt-b (llm.model)
                openai:text-embedder

            ollama at %s
                ollama:deepseek-r1:7b
              * ollama:nomic-embed-text:latest (embedding.model)
            """
                .formatted(openAi.url(), root()));
    assertThat(openAi.requests().getFirst())
        .startsWith("GET /v1/models HTTP/1.1\r\n")
        .contains("Authorization: Bearer " + KEY + "\r\n");
    assertThat(ollama.requests().getFirst())
        .startsWith("GET /api/tags HTTP/1.1\r\n")
        .doesNotContain("Authorization");
  }

  @Test
  void aServerThatTwoSettingsNameIsAskedOnce() throws IOException {
    settings("llm: {model: \"openai:gpt-a\"}\nembedding: {model: \"openai:text-embedder\"}\n");
    openAi.script(send(answer(OPENAI)), hangUp());

    assertThat(session.run(List.of("models"), "").out())
        .contains("  * openai:gpt-a (llm.model)\n")
        .contains("  * openai:text-embedder (embedding.model)\n");
    assertThat(openAi.requests()).hasSize(1);
  }

  @Test
  void aModelThatItsServerDoesNotListIsShown() throws IOException {
    settings("llm: {model: \"openai:gpt-z\"}\n");
    openAi.script(send(answer(OPENAI)), hangUp());

    Session.Outcome outcome = session.run(List.of("models"), "");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .contains("  ? openai:gpt-z (llm.model), which the server does not list\n");
  }

  @Test
  void oneServersFailureDoesNotHideTheOthersList() throws IOException {
    settings("llm: {model: \"openai:gpt-b\"}\nembedding: {model: \"ollama:nomic-embed-text\"}\n");
    openAi.script(
        send(
            "HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n"
                + "{\"error\":{\"message\":\"bad key "
                + KEY
                + "\"}}"),
        hangUp());
    ollama.script(send(answer(OLLAMA)), hangUp());

    Session.Outcome outcome = session.run(List.of("models"), "");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.out())
        .contains("  ✗ " + openAi.url() + "/models answered 401: bad key $OPENAI_API_KEY\n")
        .contains("    ollama:deepseek-r1:7b\n")
        .doesNotContain(KEY);
  }

  @Test
  void deepSeeksListIsReadLikeOpenAis() throws IOException {
    String root = "http://" + openAi.url().getAuthority();
    provider("deepseek:deepseek-reasoner", root);
    openAi.script(
        send(
            answer(
                """
                {"object":"list","data":[\
                {"id":"deepseek-chat","object":"model","owned_by":"deepseek"},\
                {"id":"deepseek-reasoner","object":"model","owned_by":"deepseek"}]}\
                """)),
        hangUp());

    assertThat(session.run(List.of("models"), "").out())
        .endsWith(
            """
            deepseek at %s
                deepseek:deepseek-chat
              * deepseek:deepseek-reasoner (llm.model)
            """
                .formatted(root));
    assertThat(openAi.requests().getFirst())
        .startsWith("GET /models HTTP/1.1\r\n")
        .contains("Authorization: Bearer " + KEY + "\r\n");
  }

  @Test
  void anthropicsListIsAskedForWithItsOwnHeaders() throws IOException {
    String root = "http://" + openAi.url().getAuthority();
    provider("anthropic:claude-b", root);
    openAi.script(
        send(
            answer(
                """
                {"data":[{"type":"model","id":"claude-b","display_name":"Claude B",\
                "created_at":"2026-02-19T00:00:00Z"},\
                {"type":"model","id":"claude-a","display_name":"Claude A",\
                "created_at":"2025-10-22T00:00:00Z"}],\
                "has_more":false,"first_id":"claude-b","last_id":"claude-a"}\
                """)),
        hangUp());

    assertThat(session.run(List.of("models"), "").out())
        .endsWith(
            """
            anthropic at %s
                anthropic:claude-a
              * anthropic:claude-b (llm.model)
            """
                .formatted(root));
    assertThat(openAi.requests().getFirst())
        .startsWith("GET /v1/models?limit=1000 HTTP/1.1\r\n")
        .contains("x-api-key: " + KEY + "\r\n", "anthropic-version: 2023-06-01\r\n")
        .doesNotContain("Authorization");
  }

  @Test
  void geminisModelsAreListedAsTheyAreNamedInTheSettings() throws IOException {
    String root = "http://" + openAi.url().getAuthority() + "/v1beta";
    provider("gemini:gemini-flash", root);
    openAi.script(
        send(
            answer(
                """
                {"models":[{"name":"models/gemini-pro","displayName":"Gemini Pro",\
                "supportedGenerationMethods":["generateContent"]},\
                {"name":"models/gemini-flash","displayName":"Gemini Flash",\
                "supportedGenerationMethods":["generateContent","countTokens"]}]}\
                """)),
        hangUp());

    assertThat(session.run(List.of("models"), "").out())
        .endsWith(
            """
            gemini at %s
              * gemini:gemini-flash (llm.model)
                gemini:gemini-pro
            """
                .formatted(root));
    assertThat(openAi.requests().getFirst())
        .startsWith("GET /v1beta/models?pageSize=1000 HTTP/1.1\r\n")
        .contains("x-goog-api-key: " + KEY + "\r\n")
        .doesNotContain("Authorization", "key=" + KEY);
  }

  @Test
  void nobodyIsAskedWhoIsNotNamed() {
    session.run(List.of("models"), "");

    assertThat(openAi.requests()).isEmpty();
    assertThat(ollama.requests()).isEmpty();
  }

  @Test
  void aProviderCanBeNamed() {
    ollama.script(send(answer(OLLAMA)), hangUp());

    assertThat(session.run(List.of("models", "ollama"), "").out())
        .contains("ollama at " + root() + "\n    ollama:deepseek-r1:7b\n");
    assertThat(openAi.requests()).isEmpty();
  }

  @Test
  void anAnswerThatIsNoListIsAFailure() throws IOException {
    settings("llm: {model: \"openai:gpt-b\"}\n");
    openAi.script(send(answer("{\"data\":[{\"name\":\"x\"}]}")), hangUp());

    Session.Outcome outcome = session.run(List.of("models", "--json"), "");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.out())
        .contains("\"kind\" : \"upstream_protocol\"")
        .contains("/models listed a model whose id is no text");
  }

  @Test
  void allServersAreAskedAtOnceAndListedInTheOrderOfTheSettings() throws IOException {
    settings("llm: {model: \"openai:gpt-b\"}\nembedding: {model: \"ollama:nomic-embed-text\"}\n");
    CountDownLatch bothAsked = new CountDownLatch(2);
    CountDownLatch secondAnswered = new CountDownLatch(1);
    openAi.script(
        _ -> bothAsked.countDown(),
        await(bothAsked),
        await(secondAnswered),
        send(answer(OPENAI)),
        hangUp());
    ollama.script(
        _ -> bothAsked.countDown(),
        await(bothAsked),
        send(answer(OLLAMA)),
        _ -> secondAnswered.countDown(),
        hangUp());

    Session.Outcome outcome = session.run(List.of("models"), "");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .containsSubsequence("openai at", "openai:gpt-a", "ollama at", "ollama:deepseek-r1:7b");
  }

  @Test
  void aServerThatNeverGetsToTheEndOfItsListIsLeftInTime() throws IOException {
    settings(
        """
        llm: {model: "openai:gpt-b", connectTimeout: 500ms, firstTokenTimeout: 500ms}
        embedding: {model: "ollama:nomic-embed-text"}
        """);
    openAi.script(
        send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"data\":["),
        client -> {
          while (true) {
            client.getOutputStream().write(' ');
            Thread.sleep(20);
          }
        });
    ollama.script(send(answer(OLLAMA)), hangUp());

    Session.Outcome outcome = session.run(List.of("models"), "");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.out())
        .contains(
            "  ✗ " + openAi.url() + " did not list its models within 1 s\n",
            "    → ask again, or raise llm.firstTokenTimeout if the server is that slow\n",
            "    ollama:deepseek-r1:7b\n");
  }

  @Test
  void anthropicsListIsReadFromAllItsPages() throws IOException {
    String root = "http://" + openAi.url().getAuthority();
    provider("anthropic:claude-b", root);
    openAi
        .script(
            send(
                answer(
                    "{\"data\":[{\"id\":\"claude-b\"}],\"has_more\":true,"
                        + "\"last_id\":\"claude b\"}")),
            hangUp())
        .script(send(answer("{\"data\":[{\"id\":\"claude-a\"}],\"has_more\":false}")), hangUp());

    assertThat(session.run(List.of("models"), "").out())
        .endsWith(
            """
            anthropic at %s
                anthropic:claude-a
              * anthropic:claude-b (llm.model)
            """
                .formatted(root));
    assertThat(openAi.requests().getLast())
        .startsWith("GET /v1/models?limit=1000&after_id=claude+b HTTP/1.1\r\n");
  }

  @Test
  void geminisListIsReadFromAllItsPages() throws IOException {
    provider("gemini:flash", "http://" + openAi.url().getAuthority() + "/v1beta");
    openAi
        .script(
            send(answer("{\"models\":[{\"name\":\"models/pro\"}],\"nextPageToken\":\"a/b\"}")),
            hangUp())
        .script(send(answer("{\"models\":[{\"name\":\"models/flash\"}]}")), hangUp());

    assertThat(session.run(List.of("models"), "").out())
        .endsWith("  * gemini:flash (llm.model)\n    gemini:pro\n");
    assertThat(openAi.requests().getLast())
        .startsWith("GET /v1beta/models?pageSize=1000&pageToken=a%2Fb HTTP/1.1\r\n");
  }

  @Test
  void aListWithoutAnEndIsAFailure() throws IOException {
    provider("gemini:flash", "http://" + openAi.url().getAuthority() + "/v1beta");
    for (int i = 0; i < 30; i++) {
      openAi.script(
          send(answer("{\"models\":[{\"name\":\"models/pro\"}],\"nextPageToken\":\"same\"}")),
          hangUp());
    }

    assertThat(session.run(List.of("models"), "").out())
        .contains("listed models on more than 20 pages\n");
    assertThat(openAi.requests()).hasSize(20);
  }

  /** A model at an address of the settings, which get its key from the environment. */
  private void provider(String model, String baseUrl) throws IOException {
    settings(
        "llm: {model: \""
            + model
            + "\", baseUrl: \""
            + baseUrl
            + "\", apiKey: \"${OPENAI_API_KEY}\"}\n");
  }

  private void settings(String yaml) throws IOException {
    Files.writeString(folder.resolve("ragstream.yaml"), yaml);
  }

  private URI root() {
    return URI.create("http://127.0.0.1:" + ollama.url().getPort());
  }

  private static String answer(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
