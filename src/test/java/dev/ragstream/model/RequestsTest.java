package dev.ragstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragstream.core.Failure.Kind;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Ledger;
import dev.ragstream.core.Message;
import dev.ragstream.core.Message.Role;
import dev.ragstream.core.Prompt;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.Provider;
import dev.ragstream.upstream.Timeouts;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What each provider is sent, and the same as a command for a shell. */
class RequestsTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "ANTHROPIC_API_KEY", OpenAiFixture.CANARY,
          "DEEPSEEK_API_KEY", OpenAiFixture.CANARY,
          "GEMINI_API_KEY", OpenAiFixture.CANARY);

  private static final ChatOptions OPTIONS =
      new ChatOptions(0.2, 0.9, 64, 7L, List.of("END"), Map.of());

  private static final AnswerPlaces PLACES =
      new AnswerPlaces(false, "/text", null, "/end", null, null);

  private static final Prompt CONVERSATION =
      conversation(
          new Message(Role.SYSTEM, "Answer from the passages."),
          new Message(Role.USER, "Hi"),
          new Message(Role.ASSISTANT, "Hello."),
          new Message(Role.USER, "Say \"雨\""));

  @Test
  void deepSeekIsAskedLikeOpenAi() {
    ChatApi api =
        new OpenAiApi(
            Provider.DEEPSEEK,
            "deepseek-reasoner",
            endpoint(Provider.DEEPSEEK),
            ChatOptions.DEFAULTS,
            ThinkTags.UNOPENED);
    assertThat(api.name()).isEqualTo("deepseek:deepseek-reasoner");
    assertThat(api.request(CONVERSATION).toCurl())
        .isEqualTo(
            """
            curl --no-buffer 'https://api.deepseek.com/chat/completions' \\
              -H 'Accept: text/event-stream' \\
              -H 'Content-Type: application/json' \\
              -H "Authorization: Bearer $DEEPSEEK_API_KEY" \\
              --data-raw '{"model":"deepseek-reasoner","messages":[\
            {"role":"system","content":"Answer from the passages."},\
            {"role":"user","content":"Hi"},{"role":"assistant","content":"Hello."},\
            {"role":"user","content":"Say \\"雨\\""}],\
            "stream":true,"stream_options":{"include_usage":true}}'\
            """);
  }

  @Test
  void anthropicIsToldTheSystemTextApartAndALimit() {
    ChatApi api = new AnthropicApi("claude-x", endpoint(Provider.ANTHROPIC), OPTIONS);
    assertThat(api.name()).isEqualTo("anthropic:claude-x");
    assertThat(api.request(CONVERSATION).toCurl())
        .isEqualTo(
            """
            curl --no-buffer 'https://api.anthropic.com/v1/messages' \\
              -H 'Accept: text/event-stream' \\
              -H 'Content-Type: application/json' \\
              -H "anthropic-version: 2023-06-01" \\
              -H "x-api-key: $ANTHROPIC_API_KEY" \\
              --data-raw '{"model":"claude-x","system":"Answer from the passages.","messages":[\
            {"role":"user","content":"Hi"},{"role":"assistant","content":"Hello."},\
            {"role":"user","content":"Say \\"雨\\""}],"max_tokens":64,"temperature":0.2,\
            "top_p":0.9,"stop_sequences":["END"],"stream":true}'\
            """);
  }

  @Test
  void withoutALimitAnthropicIsToldWhatThePromptLeavesForTheAnswer() {
    ChatApi api = new AnthropicApi("m", endpoint(Provider.ANTHROPIC), ChatOptions.DEFAULTS);
    assertThat(api.request(CONVERSATION).body()).contains("\"max_tokens\":1024");
  }

  @Test
  void geminiIsAskedWithItsKeyInAHeader() {
    ChatApi api = new GeminiApi("gemini-x", endpoint(Provider.GEMINI), OPTIONS);
    assertThat(api.name()).isEqualTo("gemini:gemini-x");
    assertThat(api.request(CONVERSATION).toCurl())
        .isEqualTo(
            """
            curl --no-buffer 'https://generativelanguage.googleapis.com/v1beta/models/gemini-x:streamGenerateContent?alt=sse' \\
              -H 'Accept: text/event-stream' \\
              -H 'Content-Type: application/json' \\
              -H "x-goog-api-key: $GEMINI_API_KEY" \\
              --data-raw '{"systemInstruction":{"parts":[{"text":"Answer from the passages."}]},\
            "contents":[{"role":"user","parts":[{"text":"Hi"}]},\
            {"role":"model","parts":[{"text":"Hello."}]},\
            {"role":"user","parts":[{"text":"Say \\"雨\\""}]}],\
            "generationConfig":{"temperature":0.2,"topP":0.9,"maxOutputTokens":64,"seed":7,\
            "stopSequences":["END"]}}'\
            """);
  }

  @Test
  void geminisOwnOptionsStandWhereItLooksForThem() {
    ChatOptions options =
        new ChatOptions(
            null,
            null,
            null,
            null,
            List.of(),
            Map.of("thinkingConfig", "{\"includeThoughts\":true}", "safetySettings", "[]"));
    String body =
        String.valueOf(
            new GeminiApi("tunedModels/a b", endpoint(Provider.GEMINI), options)
                .request(CONVERSATION)
                .body());
    assertThat(body)
        .contains("\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":true}}")
        .contains("\"safetySettings\":[]");
    assertThat(
            new GeminiApi("tunedModels/a b", endpoint(Provider.GEMINI), options)
                .request(CONVERSATION)
                .url())
        .hasToString(
            "https://generativelanguage.googleapis.com/v1beta/tunedModels/a%20b"
                + ":streamGenerateContent?alt=sse");
  }

  @Test
  void aServerOfTheUsersIsPostedWhatTheTemplateMakes() {
    Endpoint endpoint =
        new Endpoint(
            URI.create("http://localhost:8000/generate?stream=1"),
            null,
            Map.of(),
            Timeouts.DEFAULTS,
            new Endpoint.Names("llm", null));
    ChatOptions options = new ChatOptions(0.2, null, null, null, List.of(), Map.of("top_k", "40"));
    Function<Map<String, Object>, String> template =
        values -> "{\"seen\": \"" + values.get("system") + " " + values.get("temperature") + "\"}";
    ChatApi api = new DescribedApi("mine", endpoint, options, ThinkTags.NONE, template, PLACES);
    assertThat(api.name()).isEqualTo("custom:mine");
    assertThat(api.request(CONVERSATION).toCurl())
        .isEqualTo(
            """
            curl --no-buffer 'http://localhost:8000/generate?stream=1' \\
              -H 'Accept: text/event-stream' \\
              -H 'Content-Type: application/json' \\
              --data-raw '{"seen":"Answer from the passages. 0.2","top_k":40}'\
            """);
  }

  @Test
  void aTemplateThatMakesNoJsonIsPointedAt() {
    ChatApi api =
        new DescribedApi(
            "mine",
            endpoint(Provider.OPENAI),
            ChatOptions.DEFAULTS,
            ThinkTags.NONE,
            _ -> "{\"a\": 1,\n \"b\": oops}",
            PLACES);
    assertThatThrownBy(() -> api.request(CONVERSATION))
        .isInstanceOfSatisfying(
            FailureException.class, e -> assertThat(e.failure().kind()).isEqualTo(Kind.TEMPLATE))
        .hasMessageStartingWith("llm.request does not make a JSON object: ")
        .hasMessageContaining("(line 2, column ");
  }

  private static Endpoint endpoint(Provider provider) {
    return new Endpoint(
        provider.standard(),
        provider.key(ENVIRONMENT),
        Map.of(),
        Timeouts.DEFAULTS,
        new Endpoint.Names("llm", provider.keyVariable()));
  }

  private static Prompt conversation(Message... messages) {
    return new Prompt(
        Prompts.prompt("?").question(),
        "default",
        List.of(messages),
        List.of(),
        "0f0f0f0f",
        new Ledger(4096, 1024, 0, 0, 0, 0, 0, List.of()));
  }
}
