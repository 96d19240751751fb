package dev.ragstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Ledger;
import dev.ragstream.core.Prompt;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.Provider;
import dev.ragstream.upstream.Timeouts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OllamaRequestTest {

  private static final Endpoint ENDPOINT =
      new Endpoint(
          Provider.OLLAMA.standard(),
          Provider.OLLAMA.key(Map.of()),
          Map.of(),
          Timeouts.DEFAULTS,
          new Endpoint.Names("llm", Provider.OLLAMA.keyVariable()));

  @Test
  void theRequestHoldsTheOptionsByOllamasNames() {
    ChatOptions options =
        new ChatOptions(
            0.2,
            0.9,
            64,
            7L,
            List.of("END"),
            new TreeMap<>(
                Map.of("top_k", "40", "think", "true", "keep_alive", "5m", "temperature", "null")));
    assertThat(body(options, Prompts.prompt("Say \"雨\"")))
        .isEqualTo(
            """
            {"model":"deepseek-r1:8b","messages":[\
            {"role":"system","content":"Answer from the passages."},\
            {"role":"user","content":"Say \\"雨\\""}],"stream":true,\
            "options":{"num_ctx":4096,"top_p":0.9,"num_predict":64,"seed":7,\
            "stop":["END"],"top_k":40},"keep_alive":"5m","think":true}\
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, , 4096",
    "2458, 1024, , 4096",
    "2459, 1024, , 8192",
    "2458, 1024, 4096, 8192",
    "100000, 1024, , 126976"
  })
  void theContextHoldsThePromptAQuarterMoreAndTheAnswer(
      int total, int reserve, Integer maxTokens, int context) {
    Ledger ledger = new Ledger(1_000_000, reserve, 0, 0, 0, 0, total, List.of());
    Prompt plain = Prompts.prompt("?");
    Prompt prompt =
        new Prompt(plain.question(), "default", plain.messages(), List.of(), "0f0f0f0f", ledger);
    ChatOptions options = new ChatOptions(null, null, maxTokens, null, List.of(), Map.of());
    assertThat(body(options, prompt)).contains("\"num_ctx\":" + context);
  }

  @Test
  void aContextOfTheUsersIsKept() {
    ChatOptions options =
        new ChatOptions(null, null, null, null, List.of(), Map.of("num_ctx", "2048"));
    assertThat(body(options, Prompts.prompt("?"))).contains("\"options\":{\"num_ctx\":2048}");
  }

  private static String body(ChatOptions options, Prompt prompt) {
    return String.valueOf(
        new OllamaApi("deepseek-r1:8b", ENDPOINT, options).request(prompt).body());
  }
}
