package dev.ragstream.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragstream.core.FailureException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProviderTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.7, http://10.0.0.7:11434",
    "10.0.0.7:8080, http://10.0.0.7:8080",
    ":8080, http://127.0.0.1:8080",
    "0.0.0.0, http://127.0.0.1:11434",
    "0.0.0.0:8080, http://127.0.0.1:8080",
    "[::1]:8080, http://[::1]:8080",
    "[::]:8080, http://[::1]:8080",
    "https://ollama.example, https://ollama.example",
    "https://example.org/ollama, https://example.org/ollama",
    "http://gpu-box:11434/, http://gpu-box:11434/",
    "' gpu-box ', http://gpu-box:11434"
  })
  void theHostOfOllamaIsReadAsOllamaReadsIt(String given, URI address) {
    assertThat(Provider.OLLAMA.address(Map.of("OLLAMA_HOST", given))).isEqualTo(address);
  }

  @ParameterizedTest
  @EnumSource
  void withoutAVariableTheAddressIsTheProvidersOwn(Provider provider) {
    assertThat(provider.address(Map.of())).isEqualTo(provider.standard());
    assertThat(provider.key(Map.of()).reveal()).isEmpty();
  }

  @Test
  void aVariableThatHoldsNoAddressIsNamed() {
    assertThatThrownBy(() -> Provider.OLLAMA.address(Map.of("OLLAMA_HOST", "gpu box")))
        .isInstanceOf(FailureException.class)
        .hasMessage("the variable OLLAMA_HOST holds no address");
    assertThatThrownBy(() -> Provider.OLLAMA.address(Map.of("OLLAMA_HOST", "my_host")))
        .hasMessage("the variable OLLAMA_HOST holds no address");
    assertThatThrownBy(() -> Provider.OPENAI.address(Map.of("OPENAI_BASE_URL", "http://a b")))
        .hasMessage("the variable OPENAI_BASE_URL holds no address");
  }
}
