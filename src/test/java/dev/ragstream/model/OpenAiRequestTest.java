package dev.ragstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragstream.core.FailureException;
import dev.ragstream.core.Secret;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.Provider;
import dev.ragstream.upstream.Timeouts;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenAiRequestTest {

  private static final Endpoint ENDPOINT =
      new Endpoint(
          Provider.OPENAI.standard(),
          new Secret("$OPENAI_API_KEY", () -> OpenAiFixture.CANARY),
          Map.of("X-Team", new Secret("`a\"$TEAM\\", () -> OpenAiFixture.HEADER_CANARY)),
          Timeouts.DEFAULTS,
          OpenAiFixture.NAMES);

  @Test
  void theCurlCommandIsTheRequestWithoutItsSecrets() {
    ChatOptions options = new ChatOptions(0.2, 1.0, 64, 7L, List.of("END"), Map.of("top_k", "40"));
    OpenAiApi api = new OpenAiApi("gpt-x", ENDPOINT, options);
    assertThat(api.request(Prompts.prompt("What's $HOME?\nA \"trap\" 雨")).toCurl())
        .isEqualTo(
            """
            curl --no-buffer 'https://api.openai.com/v1/chat/completions' \\
              -H 'Accept: text/event-stream' \\
              -H 'Content-Type: application/json' \\
              -H "Authorization: Bearer $OPENAI_API_KEY" \\
              -H "X-Team: \\`a\\"$TEAM\\\\" \\
              --data-raw '{"model":"gpt-x","messages":[\
            {"role":"system","content":"Answer from the passages."},\
            {"role":"user","content":"What'\\''s $HOME?\\nA \\"trap\\" 雨"}],\
            "temperature":0.2,"top_p":1.0,"max_completion_tokens":64,"seed":7,"stop":["END"],\
            "stream":true,"stream_options":{"include_usage":true},"top_k":40}'\
            """);
  }

  @Test
  void otherServersAreToldTheLongestAnswerByItsOldName() {
    Endpoint other =
        new Endpoint(
            URI.create("http://localhost:8000/v1/"),
            null,
            Map.of(),
            Timeouts.DEFAULTS,
            OpenAiFixture.NAMES);
    ChatOptions options = new ChatOptions(null, null, 64, null, List.of(), Map.of());
    assertThat(new OpenAiApi("m", other, options).request(OpenAiFixture.PROMPT).toCurl())
        .startsWith("curl --no-buffer 'http://localhost:8000/v1/chat/completions' ")
        .contains("\"max_tokens\":64")
        .doesNotContain("Authorization");
  }

  @Test
  void anEndpointShowsNoSecret() {
    assertThat(ENDPOINT.toString())
        .doesNotContain(OpenAiFixture.CANARY)
        .doesNotContain(OpenAiFixture.HEADER_CANARY);
  }

  @Test
  void anAddressThatIsNoneOfTheWebIsRefused() {
    assertThatThrownBy(() ->
            new Endpoint(
                URI.create("localhost:8000"),
                null,
                Map.of(),
                Timeouts.DEFAULTS,
                OpenAiFixture.NAMES))
        .isInstanceOf(FailureException.class)
        .hasMessage(
            "the address of the model's server, localhost:8000, is no http or https address");
  }
}
