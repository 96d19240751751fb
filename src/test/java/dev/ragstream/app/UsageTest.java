package dev.ragstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.TokenCounter;
import dev.ragstream.model.TokenEncodings;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What OpenAI's clients are told of the tokens of an answer whose model does not count any. */
class UsageTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String ROUTE = "/v1/chat/completions";
  private static final String MESSAGES =
      "\"messages\":[{\"role\":\"user\",\"content\":\"When is there rain?\"}]";

  @TempDir private Path folder;

  @BeforeEach
  void write() {
    ServedProject.write(
        folder.resolve("docs/weather.md"), "# Weather\n\nRain from noon, so carry an umbrella.\n");
  }

  @Test
  void isCountedAsThePromptIsPacked() throws Exception {
    answersAre("", TokenEncodings.o200kBase());
  }

  @Test
  void isCountedByTheEncodingThatTheSettingsName() throws Exception {
    answersAre("prompt: {tokens: cl100k_base}", TokenEncodings.cl100kBase());
  }

  private void answersAre(String settings, TokenCounter counter) throws Exception {
    try (ServedProject project = new ServedProject(folder, settings)) {
      project.index("docs");
      int prompt =
          MAPPER
              .readTree(
                  project.post("/api/prompt", "{\"question\":\"When is there rain?\"}").body())
              .path("ledger")
              .path("total")
              .asInt();
      JsonNode whole = MAPPER.readTree(project.post(ROUTE, "{" + MESSAGES + "}").body());
      String answer = whole.at("/choices/0/message/content").asString();

      assertThat(answer).contains("Rain from noon");
      assertThat(whole.path("usage")).isEqualTo(usage(prompt, counter.count(answer)));

      String streamed =
          "{\"stream\":true,\"stream_options\":{\"include_usage\":true}," + MESSAGES + "}";
      JsonNode last =
          project
              .lines(ROUTE, streamed)
              .filter(line -> line.contains("\"usage\":"))
              .map(line -> MAPPER.readTree(line.substring("data: ".length())))
              .findFirst()
              .orElseThrow();
      assertThat(last.path("usage")).isEqualTo(usage(prompt, counter.count(answer)));
    }
  }

  private static JsonNode usage(int prompt, int answer) {
    assertThat(prompt).isPositive();
    assertThat(answer).isPositive();
    return MAPPER
        .createObjectNode()
        .put("prompt_tokens", prompt)
        .put("completion_tokens", answer)
        .put("total_tokens", prompt + answer);
  }
}
