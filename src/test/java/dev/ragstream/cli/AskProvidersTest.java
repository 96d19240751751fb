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

/**
 * {@code ragstream ask} and each provider, with keys, options and addresses as its users have them.
 */
@ExtendWith(SampleProject.class)
class AskProvidersTest {

  private static final String KEY = "canary-5c07";

  private static final String OPENAI =
      "data: {\"choices\":[{\"delta\":{\"content\":\"Yes.\"},\"finish_reason\":\"stop\"}]}\n\n";

  private final ScriptedServer server = new ScriptedServer();
  private Session session;

  @BeforeEach
  void aServer(Session sample) {
    session = sample;
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void ollamaIsAskedAtItsHostForTheContextThatThePromptNeeds() {
    session.environment("OLLAMA_HOST", host());
    answer(
        """
        {"message":{"role":"assistant","content":"","thinking":"Clouds."},"done":false}
        {"message":{"role":"assistant","content":"Yes."},"done":false}
        {"message":{"role":"assistant","content":""},"done":true,"done_reason":"stop"}
        """);

    Session.Outcome outcome = ask("-m", "ollama:qwen3:8b", "-o", "top_k=40", "-o", "seed=7");

    assertThat(outcome.out()).isEqualTo("Yes.\n");
    assertThat(outcome.err()).contains("Clouds.").contains("ollama:qwen3:8b");
    assertThat(server.requests().getFirst())
        .startsWith("POST /api/chat HTTP/1.1\r\n")
        .contains("\"model\":\"qwen3:8b\"", "\"num_ctx\":4096", "\"seed\":7", "\"top_k\":40");
  }

  @Test
  void anthropicGetsItsKeyInAHeaderOfItsOwn() {
    session.environment("ANTHROPIC_API_KEY", KEY);
    session.environment("ANTHROPIC_BASE_URL", "http://" + host());
    answer(
        """
        event: content_block_delta
        data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"Yes."}}

        event: message_stop
        data: {"type":"message_stop"}

        """);

    Session.Outcome outcome = ask("-m", "anthropic:claude-x", "-o", "max_tokens=99");

    assertThat(outcome.out()).isEqualTo("Yes.\n");
    assertThat(server.requests().getFirst())
        .startsWith("POST /v1/messages HTTP/1.1\r\n")
        .contains("x-api-key: " + KEY + "\r\n", "\"max_tokens\":99");
  }

  @Test
  void theKeyOfTheEnvironmentNeverGoesToAnAddressOfTheSettings() {
    session.environment("GEMINI_API_KEY", KEY);
    answer(
        "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Yes.\"}]},"
            + "\"finishReason\":\"STOP\"}]}\n\n");

    Session.Outcome outcome =
        ask("--set", "llm.baseUrl=http://" + host() + "/v1beta", "-m", "gemini:gemini-x");

    assertThat(outcome.out()).isEqualTo("Yes.\n");
    assertThat(server.requests().getFirst())
        .startsWith("POST /v1beta/models/gemini-x:streamGenerateContent?alt=sse HTTP/1.1\r\n")
        .doesNotContain(KEY);
  }

  @Test
  void aServerOfOnesOwnIsDescribedInTheSettings() {
    answer("{\"out\":{\"text\":\"Yes.\"}}\n{\"done\":true}\n");

    Session.Outcome outcome =
        ask(
            "--set",
            "llm.baseUrl=http://" + host() + "/generate",
            "--set",
            "llm.request={\"input\": \"{{prompt}}\", \"by\": \"{{model}}\"}",
            "--set",
            "llm.response.frames=lines",
            "--set",
            "llm.response.text=/out/text",
            "--set",
            "llm.response.end=/done",
            "-m",
            "custom:mine");

    assertThat(outcome.out()).isEqualTo("Yes.\n");
    assertThat(server.requests().getFirst())
        .startsWith("POST /generate HTTP/1.1\r\n")
        .contains("Should I carry an umbrella?", "\"by\":\"mine\"");
  }

  @Test
  void aServerOfOnesOwnThatWantsAKeyIsGivenOneByTheSettings() {
    session.environment("OPENAI_API_KEY", KEY);
    server.script(
        send("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n{\"error\":\"who are you?\"}"),
        hangUp());

    Session.Outcome outcome =
        ask(
            "--set",
            "llm.baseUrl=http://" + host() + "/generate",
            "--set",
            "llm.request={\"input\": \"{{prompt}}\"}",
            "--set",
            "llm.response.text=/text",
            "-m",
            "custom:mine");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err())
        .contains("/generate answered 401: who are you?")
        .contains(
            "→ set llm.apiKey, for example to ${MODEL_KEY} with the server's key in that variable")
        .doesNotContain("OPENAI_API_KEY");
    assertThat(server.requests().getFirst()).doesNotContain(KEY);
  }

  @Test
  void aDescriptionThatLacksSomethingSaysWhat() {
    Session.Outcome outcome = ask("-m", "custom:mine");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err()).contains("a custom: model needs llm.request, which is not set");
  }

  @Test
  void eventsThatAreDescribedAsLinesAreRecognised() {
    answer("data: {\"text\":\"Yes.\"}\n\n");

    assertThat(described("frames=lines", "text=/text"))
        .contains(
            "no line of JSON, which llm.response.frames: lines is for; it began with: data:"
                + " {\"text\":\"Yes.\"}\\n\\n\n",
            "; if this is its answer, set llm.response.frames to sse\n");
  }

  @Test
  void linesThatAreDescribedAsEventsAreRecognised() {
    answer("{\"text\":\"Yes.\"}\n{\"done\":true}\n");

    assertThat(described("text=/text"))
        .contains(
            "no line that begins with 'data:', which llm.response.frames: sse is for; it began"
                + " with: {\"text\":\"Yes.\"}",
            "; if this is its answer, set llm.response.frames to lines\n");
  }

  @Test
  void aPointerToTheAnswerThatFitsNothingIsNamed() {
    answer("data: {\"out\":\"Yes.\"}\n\ndata: {\"out\":\" No.\",\"done\":true}\n\n");

    assertThat(described("text=/text", "reasoning=/thought", "end=/done"))
        .contains(
            "2 pieces, but nothing at llm.response.text (/text) or at llm.response.reasoning"
                + " (/thought) (there was something at llm.response.end (/done)); it began with:"
                + " data: {\"out\":\"Yes.\"}",
            "→ look at what came, and set llm.response.text to where the answer stands in it\n");
  }

  @Test
  void anEndThatNeverStandsWhereItIsDescribedToIsNamed() {
    answer("data: {\"text\":\"Yes.\"}\n\ndata: {\"stop\":true}\n\n");

    assertThat(described("text=/text", "end=/done"))
        .contains(
            "said that the answer is whole: nothing ever stood at llm.response.end (/done); it began"
                + " with: data: {\"text\":\"Yes.\"}",
            "→ set llm.response.end to where that stands;");
  }

  @Test
  void anEndThatIsNotDescribedAndDoesNotComeIsAskedFor() {
    answer("{\"text\":\"\\u001b[31mYes.\"}\n");

    assertThat(described("frames=lines", "text=/text"))
        .contains("said that the answer is whole: no [DONE] came; it began with: {")
        .doesNotContain("\u001b");
  }

  /** What the user of a server is told whose answer is described like this. */
  private String described(String... response) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-m",
                "custom:mine",
                "--set",
                "llm.baseUrl=http://" + host() + "/generate",
                "--set",
                "llm.request={\"input\": \"{{prompt}}\"}"));
    for (String part : response) {
      options.addAll(List.of("--set", "llm.response." + part));
    }

    Session.Outcome outcome = ask(options.toArray(String[]::new));

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    return outcome.err();
  }

  @Test
  void aProviderThatIsUnknownIsGuessed() {
    Session.Outcome outcome = ask("-m", "antropic:claude-x");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err()).contains("did you mean anthropic:claude-x?");
  }

  @Test
  void aServerIsAskedThroughTheProxyOfTheSettings() {
    answer(OPENAI);

    Session.Outcome outcome =
        ask(
            "--set",
            "llm.proxy=http://" + host(),
            "--set",
            "llm.baseUrl=http://model.invalid/v1",
            "-m",
            "openai:some-model");

    assertThat(outcome.out()).isEqualTo("Yes.\n");
    assertThat(server.requests().getFirst())
        .startsWith("POST http://model.invalid/v1/chat/completions HTTP/1.1\r\n");
  }

  @Test
  void aProxyThatIsNotThereIsNamed() {
    session.environment("HTTP_PROXY", "http://127.0.0.1:1");

    Session.Outcome outcome =
        ask("--set", "llm.baseUrl=http://model.invalid/v1", "-m", "openai:some-model");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err())
        .contains(
            "http://model.invalid/v1/chat/completions cannot be reached through the proxy"
                + " http://127.0.0.1:1");
  }

  private void answer(String stream) {
    server.script(send(STREAM + stream), hangUp());
  }

  private String host() {
    return server.url().getAuthority();
  }

  private Session.Outcome ask(String... options) {
    List<String> arguments = new ArrayList<>(List.of("ask"));
    arguments.addAll(List.of(options));
    arguments.add("Should I carry an umbrella?");
    return session.run(arguments, "");
  }
}
