package dev.ragstream.cli;

import static dev.ragstream.model.ScriptedServer.STREAM;
import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.model.ScriptedServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code ragstream ask} against a model's server, as its user sees it. */
@ExtendWith(SampleProject.class)
class AskServerTest {

  private static final String KEY = "canary-81d0";

  private final ScriptedServer server = new ScriptedServer();
  private Session session;

  @BeforeEach
  void aKeyInTheEnvironment(Session sample) {
    session = sample;
    session.environment("OPENAI_API_KEY", KEY);
    session.environment("OPENAI_BASE_URL", server.url().toString());
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void theAnswerIsOnStdoutAndTheReasoningOnStderr() {
    server.script(send(STREAM + reasoning("Rain comes.") + text("Yes [1].") + stop()), hangUp());

    Session.Outcome outcome = ask();

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEqualTo("Yes [1].\n");
    assertThat(outcome.err()).contains("Rain comes.").contains("openai:some-model");
    assertThat(server.requests().getFirst()).contains("Authorization: Bearer " + KEY);
  }

  @Test
  void reasoningCanBeHidden() {
    server.script(send(STREAM + reasoning("Rain comes.") + text("Yes [1].") + stop()), hangUp());

    assertThat(ask("-R").err()).doesNotContain("Rain comes.");
  }

  @Test
  void anErrorInTheMiddleOfAStreamKeepsWhatCameAndFails() {
    server.script(
        send(STREAM + text("Yes, ") + "data: {\"error\":{\"message\":\"out of memory\"}}\n\n"),
        hangUp());

    Session.Outcome outcome = ask();

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.out()).isEqualTo("Yes, \n");
    assertThat(outcome.err()).contains("error: ").contains("out of memory");
  }

  @Test
  void aStreamThatJustEndsIsNoSuccess() {
    server.script(send(STREAM + text("Yes, ")), hangUp());

    Session.Outcome outcome = ask("--json");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.out().lines().toList().getLast())
        .startsWith("{\"type\":\"failed\",\"kind\":\"incomplete\"");
  }

  @Test
  void aRefusedKeyNamesTheVariableAndNeverTheKey() {
    String body = "{\"error\":{\"message\":\"bad key " + KEY + "\"}}";
    server.script(
        send(
            "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body),
        hangUp());

    Session.Outcome outcome = ask("-v");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err()).contains("OPENAI_API_KEY");
    assertThat(outcome.out() + outcome.err()).doesNotContain(KEY);
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    // No port that another test may be given.
    session.environment("OPENAI_BASE_URL", "http://127.0.0.1:1/v1");

    Session.Outcome outcome = ask();

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err()).contains("127.0.0.1:1/v1/chat/completions refused the connection");
  }

  @Test
  void aServerThatReadLessThanItWasSentIsWarnedOf() {
    server.script(send(STREAM + text("Yes.") + usage(20) + stop()), hangUp());

    Session.Outcome outcome = ask("--json");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().lines().toList().getLast())
        .startsWith("{\"type\":\"completed\"")
        .contains("\"unread\":{\"sent\":")
        .contains("\"read\":20,\"passages\":[1");
  }

  @Test
  void measuringAPromptAsksForTheShortestAnswerAndComparesTheCounts() {
    server.script(send(STREAM + text("Yes") + usage(100_000) + stop()), hangUp());

    Session.Outcome outcome = measure("openai:some-model");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .matches("sent: about \\d+ tokens\nread: 100000 tokens\nnothing was cut\n");
    assertThat(server.requests().getFirst()).contains("\"max_tokens\":1,");
  }

  @Test
  void aPromptThatIsCutFailsItsMeasure() {
    server.script(send(STREAM + text("Yes") + usage(20) + stop()), hangUp());

    Session.Outcome outcome = measure("openai:some-model");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.CHECKS_FAILED);
    assertThat(outcome.out())
        .contains("read: 20 tokens\nwarning: the model's server read only 20 of about ")
        .contains("[1]", "fell in the part that was cut", "prompt.budget");
  }

  @Test
  void aModelWithoutAServerHasNothingToMeasure() {
    Session.Outcome outcome = measure("extractive");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err()).contains("the model extractive answers in process");
  }

  @Test
  void theCurlCommandHoldsThePromptAndNotTheKey() {
    Session.Outcome outcome =
        session.run(
            List.of("prompt", "-m", "openai:some-model", "--format", "curl", "Umbrella?"), "");

    assertThat(outcome.out())
        .startsWith("curl ")
        .contains("$OPENAI_API_KEY")
        .contains("/chat/completions")
        .contains("Umbrella?")
        .doesNotContain(KEY);
  }

  private Session.Outcome ask(String... options) {
    List<String> arguments = new ArrayList<>(List.of("ask", "-m", "openai:some-model"));
    arguments.addAll(List.of(options));
    arguments.add("Should I carry an umbrella?");
    return session.run(arguments, "");
  }

  private static String reasoning(String text) {
    return "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"" + text + "\"}}]}\n\n";
  }

  private static String text(String text) {
    return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
  }

  private static String stop() {
    return "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
  }

  private Session.Outcome measure(String model) {
    return session.run(List.of("prompt", "-m", model, "--measure", "Umbrella?"), "");
  }

  private static String usage(int promptTokens) {
    return "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":"
        + promptTokens
        + ",\"completion_tokens\":1}}\n\n";
  }
}
