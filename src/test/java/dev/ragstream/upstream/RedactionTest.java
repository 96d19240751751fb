package dev.ragstream.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Secret;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedactionTest {

  @Test
  void everySecretBecomesItsPlaceholder() {
    Redaction redaction = redaction(1, "Bearer abc-1", "abc-12345");

    assertThat(redaction.apply("say Bearer abc-1, abc-1 and abc-12345abc-12345!"))
        .isEqualTo("say $S0, $S0 and $S1$S1!");
  }

  @Test
  void aSecretIsFoundAsJsonSpellsIt() {
    assertThat(redaction(1, "a\"b\\c").apply("{\"key\":\"a\\\"b\\\\c\"} a\"b\\c"))
        .isEqualTo("{\"key\":\"$S0\"} $S0");
  }

  @Test
  void shortAndBlankValuesAreLeftAlone() {
    Redaction redaction = redaction(8, "", "  ", "stop", "Bearer 1234567");

    assertThat(redaction.apply("stop Bearer 1234567 1234567")).isEqualTo("stop $S3 1234567");
  }

  @Test
  void placesAreInOrderAndDoNotOverlap() {
    assertThat(redaction(1, "bb", "abba").spans("bb abba bb"))
        .containsExactly(
            new Redaction.Span(0, 2, "$S0"),
            new Redaction.Span(3, 7, "$S1"),
            new Redaction.Span(8, 10, "$S0"));
  }

  @Test
  void itDoesNotTellWhatItHides() {
    assertThat(redaction(1, "canary").toString()).doesNotContain("canary");
  }

  private static Redaction redaction(int shortest, String... values) {
    List<Secret> secrets =
        IntStream.range(0, values.length)
            .mapToObj(i -> new Secret("$S" + i, () -> values[i]))
            .toList();
    return Redaction.of(secrets, shortest);
  }
}
