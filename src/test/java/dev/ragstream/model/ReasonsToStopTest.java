package dev.ragstream.model;

import static dev.ragstream.model.ScriptedServer.STREAM;
import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragstream.core.FailureException;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.HttpTransport;
import dev.ragstream.upstream.RetryPolicy;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ends an answer of Gemini or Anthropic for reasons of their own. */
class ReasonsToStopTest {

  private final ScriptedServer server = new ScriptedServer();

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void aPromptThatIsBlockedIsAFailure() {
    server.script(
        send(STREAM + "data: {\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}\n\n"), hangUp());
    FailureException failure =
        catchThrowableOfType(
            FailureException.class, () -> model("gemini").stream(OpenAiFixture.PROMPT, reader()));
    assertThat(failure)
        .hasMessage(
            server.url() + "/models/m:streamGenerateContent refused to answer this prompt: SAFETY");
  }

  @ParameterizedTest
  @CsvSource({
    "gemini, STOP, stop",
    "gemini, MAX_TOKENS, length",
    "gemini, SAFETY, content_filter",
    "gemini, MALFORMED_FUNCTION_CALL, malformed_function_call",
    "anthropic, end_turn, stop",
    "anthropic, stop_sequence, stop",
    "anthropic, max_tokens, length",
    "anthropic, model_context_window_exceeded, length",
    "anthropic, refusal, content_filter",
    "anthropic, pause_turn, pause_turn"
  })
  void reasonsHaveOurWordsWhereWeHaveOne(String provider, String theirs, String ours)
      throws InterruptedException {
    String event =
        provider.equals("gemini")
            ? "{\"candidates\":[{\"finishReason\":\"" + theirs + "\"}]}"
            : "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" + theirs + "\"}}";
    server.script(send(STREAM + "data: " + event + "\n\n"), hangUp());
    assertThat(model(provider).stream(OpenAiFixture.PROMPT, reader()).reason()).isEqualTo(ours);
  }

  private HttpChatModel model(String provider) {
    Endpoint endpoint =
        new Endpoint(server.url(), null, Map.of(), OpenAiFixture.PATIENT, OpenAiFixture.NAMES);
    ChatApi api =
        provider.equals("gemini")
            ? new GeminiApi("m", endpoint, ChatOptions.DEFAULTS)
            : new AnthropicApi("m", endpoint, ChatOptions.DEFAULTS);
    return new HttpChatModel(api, new HttpTransport(endpoint, RetryPolicy.standard(), _ -> {}));
  }

  private static RecordingReader reader() {
    return new RecordingReader();
  }
}
