package dev.ragstream.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragstream.core.FailureException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://api.openai.com/v1 | | http://secure:3128",
        "http://api.openai.com/v1 | | http://plain:8080",
        "https://api.openai.com | openai.com |",
        "https://api.openai.com | .openai.com |",
        "https://api.openai.com | *.openai.com |",
        "https://openai.com | other.example, openai.com |",
        "https://api.openai.com:8443 | api.openai.com:8443 |",
        "https://notopenai.com | openai.com | http://secure:3128",
        "https://api.openai.com | * |",
        "http://localhost:8000/v1 | |",
        "http://127.0.0.1:11434 | |",
        "http://[::1]:11434 | |"
      })
  void theEnvironmentNamesProxiesAndExceptions(String address, String except, String proxy) {
    Map<String, String> environment =
        Map.of(
            "HTTPS_PROXY",
            "secure:3128",
            "http_proxy",
            "http://plain:8080",
            "NO_PROXY",
            Objects.toString(except, ""));
    assertThat(Objects.toString(Proxies.forAddress(URI.create(address), environment), null))
        .isEqualTo(proxy);
  }

  @Test
  void withoutVariablesThereIsNone() {
    assertThat(Proxies.forAddress(URI.create("https://api.openai.com"), Map.of())).isNull();
  }

  @Test
  void aVariableThatHoldsNoAddressIsNamedButNotShown() {
    assertThatThrownBy(() ->
            Proxies.forAddress(
                URI.create("https://api.openai.com"), Map.of("HTTPS_PROXY", "http://a b:secret@x")))
        .isInstanceOf(FailureException.class)
        .hasMessage("the variable HTTPS_PROXY holds no address of a proxy");
  }
}
