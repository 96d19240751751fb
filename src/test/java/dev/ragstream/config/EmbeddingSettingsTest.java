package dev.ragstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "bge-small-en, BUNDLED, bge-small-en",
    "openai:text-embedding-3-small, OPENAI, text-embedding-3-small",
    "openai:BAAI/bge-m3, OPENAI, BAAI/bge-m3",
    "ollama:nomic-embed-text:v1.5, OLLAMA, nomic-embed-text:v1.5"
  })
  void aModelIsNamedWithItsProvider(String text, EmbedderName.Provider provider, String name) {
    assertThat(EmbedderName.parse(text))
        .isEqualTo(new EmbedderName(provider, name))
        .hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai:", "ollama: ", "cohere:embed-v4", "bundled:bge-small-en", ":x"})
  void anUnknownProviderIsNone(String text) {
    assertThat(EmbedderName.parse(text)).isNull();
  }

  @Test
  void theBlankAtTheEndOfAPrefixCounts() {
    Setter setter =
        new Setter(
            SettingTable.key("embedding.questionPrefix").orElseThrow(),
            new Origin.Standard(),
            Path.of("/"),
            Map.of("TASK", "search"));
    assertThat(new VerbatimType().read(new Written.Text("${TASK}_query: "), setter))
        .isEqualTo(new Verbatim("search_query: "));
  }
}
