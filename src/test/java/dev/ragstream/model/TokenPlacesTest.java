package dev.ragstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.TokenSpans;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenPlacesTest {

  @Test
  void tokensAreWhereTheirTextIs() {
    String text = "Carry an umbrella today: 今天 rain.";
    TokenSpans spans = TokenEncodings.cl100kBaseSpans().apply(text);

    List<String> pieces = new ArrayList<>();
    for (int i = 0; i < spans.count(); i++) {
      pieces.add(text.substring(spans.starts()[i], spans.ends()[i]));
    }
    assertThat(pieces)
        .startsWith("Car", "ry", " an", " umbrella", " today", ":")
        .endsWith(" rain", ".");
    assertThat(String.join("", pieces)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "今天下午有雨。", "👩‍👩‍👧 family", "\uD83D lone", "naïve <|endoftext|>"})
  void thereAreAsManyAsAreCountedAndTheLastEndsTheText(String text) {
    TokenSpans spans = TokenEncodings.cl100kBaseSpans().apply(text);

    assertThat(spans.count()).isEqualTo(TokenEncodings.cl100kBase().count(text));
    if (spans.count() > 0) {
      assertThat(spans.starts()[0]).isZero();
      assertThat(spans.ends()[spans.count() - 1]).isEqualTo(text.length());
    }
  }
}
