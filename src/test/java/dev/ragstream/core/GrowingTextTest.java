package dev.ragstream.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GrowingTextTest {

  @Test
  void allPiecesAreInItInOrder() {
    GrowingText growing = new GrowingText();
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      String piece = i + " 雨 ";
      growing.append(piece);
      expected.append(piece);
    }
    growing.append("x".repeat(50_000));
    expected.append("x".repeat(50_000));

    assertThat(growing).hasToString(expected.toString());
    assertThat(new GrowingText()).hasToString("");
  }
}
