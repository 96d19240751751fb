package dev.ragstream.cli;

import static dev.ragstream.model.ScriptedServer.STREAM;
import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.journal.Run;
import dev.ragstream.journal.RunJournal;
import dev.ragstream.journal.Runs;
import dev.ragstream.model.ScriptedServer;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the journal keeps of answers from a model's server. */
class JournalledRunsTest {

  private static final String CANARY = "canary-";

  @TempDir private Path folder;
  private final ScriptedServer server = new ScriptedServer();

  @BeforeEach
  void anIndex() throws IOException {
    Files.createDirectories(folder.resolve("docs"));
    Files.writeString(folder.resolve("docs/weather.md"), "# Weather\n\nCarry an umbrella today.\n");
    Files.writeString(
        folder.resolve("ragstream.yaml"),
        """
        llm:
          model: openai:some-model
          baseUrl: %s
          apiKey: canary-in-the-file
          headers: {X-Team: canary-header, X-Other: "${OTHER}"}
        """
            .formatted(server.url()));
    assertThat(session().run(List.of("-q", "index", "docs"), "").exitCode()).isZero();
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  private Session session() {
    Session session = new Session(folder);
    session.environment("OTHER", "canary-other");
    session.environment("OPENAI_API_KEY", "canary-key");
    return session;
  }

  @Test
  void aWholeAnswerIsKeptAndNoSecretIs() throws IOException {
    server.script(
        send(
            STREAM
                + piece("reasoning_content", "Rain comes.")
                + piece("content", "Yes [1].")
                + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":81,\"completion_tokens\":6}}\n\n"
                + "data: [DONE]\n\n"),
        hangUp());

    Session.Outcome outcome =
        session().run(List.of("ask", "--set", "llm.apiKey=canary-flag", "Umbrella?"), "");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    Run run = last();
    assertThat(run.answer()).isEqualTo("Yes [1].");
    assertThat(run.reasoning()).isEqualTo("Rain comes.");
    assertThat(run.start().model()).isEqualTo("openai:some-model");
    assertThat(run.start().settings())
        .containsEntry("llm.model", "openai:some-model")
        .containsEntry("llm.apiKey", "$RAGSTREAM_LLM_API_KEY");
    holdsNoSecret();
  }

  @Test
  void twoRunsAreComparedForScripts() {
    answer("Yes.", 81);
    answer("No.", 82);
    Session session = session();
    session.run(List.of("ask", "Umbrella?"), "");
    session.run(List.of("ask", "--set", "llm.options.seed=7", "Umbrella?"), "");

    Session.Outcome outcome = session.run(List.of("log", "diff", "--json", "last~1", "last"), "");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    JsonNode diff = JsonMapper.shared().readTree(outcome.out());
    assertThat(diff.at("/differs").toString()).isEqualTo("[\"settings\",\"answer\",\"usage\"]");
    assertThat(diff.at("/differences").toString())
        .isEqualTo(
            """
            {"settings":[{"name":"llm.options.seed","a":null,"b":"7"}],"passages":[],"prompt":[],\
            "answer":["@@ -1,1 +1,1 @@","-Yes.","+No."]}\
            """);
    JsonNode first = diff.at("/a");
    assertThat(first.at("/answer").stringValue()).isEqualTo("Yes.");
    assertThat(first.at("/usage").toString())
        .isEqualTo("{\"promptTokens\":81,\"completionTokens\":6}");
    assertThat(first.at("/passages").toString())
        .isEqualTo("[{\"n\":1,\"id\":\"docs/weather.md#1\"}]");
    assertThat(first.at("/prompt/template").stringValue()).isEqualTo("default");
    assertThat(first.at("/prompt/messages/1/content").stringValue())
        .contains("Carry an umbrella today.");
    assertThat(diff.at("/b/usage/promptTokens").intValue()).isEqualTo(82);
    assertThat(outcome.out()).doesNotContain(CANARY);
  }

  private void answer(String text, int promptTokens) {
    server.script(
        send(
            STREAM
                + piece("content", text)
                + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":"
                + promptTokens
                + ",\"completion_tokens\":6}}\n\ndata: [DONE]\n\n"),
        hangUp());
  }

  @Test
  void aRefusalThatRepeatsTheKeyIsKeptWithoutIt() throws IOException {
    String body = "{\"error\":{\"message\":\"bad key canary-in-the-file\"}}";
    server.script(
        send(
            "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body),
        hangUp());

    assertThat(session().run(List.of("ask", "Umbrella?"), "").exitCode())
        .isEqualTo(ExitCode.FAILED);

    assertThat(RunTable.ending(last().ending().orElse(null))).isEqualTo("failed");
    holdsNoSecret();
  }

  @Test
  void aProcessThatIsKilledInMidAnswerLeavesWhatWasSentInARunThatIsUnfinished() throws Exception {
    server.script(send(STREAM + piece("content", "Yes, ")));
    Process ask = MainProcess.start(folder, Map.of("OTHER", "o"), "ask", "Should I?");
    try (Reader out = ask.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.read(new char[5])).isEqualTo(5);
      ask.destroyForcibly().waitFor();
    }

    Run run = last();

    assertThat(run.start().question().text()).isEqualTo("Should I?");
    assertThat(run.prompt().orElseThrow().messages().getLast().content())
        .contains("Carry an umbrella today.");
    assertThat(run.ending()).isEmpty();
    assertThat(session().run(List.of("log", "show", "last"), "").out())
        .contains("ending  unfinished: it goes on, or its process was ended");
  }

  private Run last() {
    try (RunJournal journal = Runs.journal(folder)) {
      return journal.run("last");
    }
  }

  /** In any file that is left, whatever SQLite calls it. */
  private void holdsNoSecret() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(".ragstream"))) {
      List<Path> journal =
          files.filter(file -> file.getFileName().toString().startsWith("journal.db")).toList();
      assertThat(journal).isNotEmpty();
      for (Path file : journal) {
        assertThat(file).content(StandardCharsets.ISO_8859_1).doesNotContain(CANARY);
      }
    }
  }

  private static String piece(String field, String text) {
    return "data: {\"choices\":[{\"delta\":{\"%s\":\"%s\"}}]}\n\n".formatted(field, text);
  }
}
