package dev.ragstream.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class TerminalTextTest {

  /** What makes a terminal do something, or show a text in another order. */
  static final String HARMFUL =
      "(?s).*[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069].*";

  static final List<Arguments> TEXTS =
      List.of(
          Arguments.of("text\tand\n下雨 \uD83C\uDF27\uFE0F é", "text\tand\n下雨 \uD83C\uDF27\uFE0F é"),
          Arguments.of("\u001b[31mred\u001b[0m", "␛[31mred␛[0m"),
          Arguments.of("\u001b]8;;http://x\u0007a", "␛]8;;http://x␇a"),
          Arguments.of("\u001b]52;c;eA==\u001b\\", "␛]52;c;eA==␛\\"),
          Arguments.of("\u009b2J\u0090\u009d\u0085", "\uFFFD2J\uFFFD\uFFFD\uFFFD"),
          Arguments.of("a\bb\u007fc\u0000", "a␈b␡c␀"),
          Arguments.of("one\r\ntwo\rthree", "one\ntwothree"),
          Arguments.of("a\u202eb\u2066c\u2069", "a\uFFFDb\uFFFDc\uFFFD"));

  @ParameterizedTest
  @FieldSource("TEXTS")
  void nothingReachesATerminalButText(String text, String safe) {
    assertThat(TerminalText.safe(text)).isEqualTo(safe).doesNotMatch(HARMFUL);
  }

  @ParameterizedTest
  @FieldSource("TEXTS")
  void aCutAnywhereMakesNoDifference(String text, String safe) {
    assertCutsMakeNoDifference(text, safe);
  }

  @Test
  void oneLineIsOneLine() {
    assertThat(TerminalText.oneLine(" a\n\n b\tc\u2028d\u2029e\u00a0f\u3000g\u0085h\u001b "))
        .isEqualTo("a b c d e f g h␛");
  }

  @Test
  void naughtyStringsAreHarmless() throws IOException {
    String data = System.getProperty("ragstream.data");
    assumeTrue(data != null, "the system property ragstream.data names no folder");
    Path naughty = Path.of(data, "messy", "naughty", "blns.txt");
    assumeTrue(Files.exists(naughty), "there is no " + naughty);
    List<String> lines = Files.readAllLines(naughty);
    assertThat(lines).hasSizeGreaterThan(500);
    for (String line : lines) {
      String safe = TerminalText.safe(line);
      assertThat(safe).doesNotMatch(HARMFUL);
      assertCutsMakeNoDifference(line, safe);
    }
  }

  private static void assertCutsMakeNoDifference(String text, String safe) {
    for (int cut = 0; cut <= text.length(); cut++) {
      assertThat(TerminalText.safe(text.substring(0, cut)) + TerminalText.safe(text.substring(cut)))
          .isEqualTo(safe);
    }
  }
}
