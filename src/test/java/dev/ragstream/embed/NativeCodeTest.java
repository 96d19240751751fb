package dev.ragstream.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.embed.NativeCode.Platform;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeCodeTest {

  @ParameterizedTest
  @CsvSource({"Linux, amd64", "Linux, aarch64", "Mac OS X, aarch64", "Windows 11, amd64"})
  void whatIsLoadedOnAPlatformIsInTheJars(String system, String processor) {
    Platform platform = Platform.of(system, processor);

    assertThat(Stream.concat(platform.tokenizers().stream(), platform.onnxRuntime().stream()))
        .allSatisfy(NativeCodeTest::isThere);
  }

  /** Once this fails, there can be a release for them. */
  @Test
  void macsWithIntelProcessorsHaveNoTokenizer() {
    assertThat(Platform.of("Mac OS X", "x86_64").tokenizers())
        .singleElement()
        .satisfies(resource ->
            assertThat(NativeCodeTest.class.getClassLoader().getResource(resource)).isNull());
  }

  private static void isThere(String resource) {
    assertThat(NativeCodeTest.class.getClassLoader().getResource(resource))
        .as(resource)
        .isNotNull();
  }
}
