package dev.ragstream.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What {@code scripts/fuzz} looks for, with texts that are known to be trouble, and some noise. */
class TerminalFuzzTest {

  private static final List<String> TROUBLE =
      List.of(
          "\u001b[2J\u001b]0;title\u0007",
          "\u001b]52;c;ZWNobyBoYQ==\u0007",
          "\u001b]8;;file:///etc/passwd\u001b\\here\u001b]8;;\u001b\\",
          "\u009b31m\u0090q\u009c",
          "a\rb\u0008c\u007f",
          "\u202egnp.exe",
          "[a](javascript:\u001b]8;;x\u0007) **b\u001b[1m** `c\u001b`",
          "\ud800 \udc00 \udbff");

  @Test
  void knownTroubleStaysText() {
    for (String text : TROUBLE) {
      for (int piece = 1; piece <= text.length(); piece++) {
        TerminalFuzz.check(text, piece);
      }
    }
  }

  @Test
  void naughtyStringsStayText() throws IOException {
    String data = System.getProperty("ragstream.data", "");
    Path naughty = Path.of(data, "messy", "naughty", "blns.txt");
    assumeTrue(Files.exists(naughty), "there is no " + naughty);
    for (String line : Files.readAllLines(naughty)) {
      TerminalFuzz.check(line, 3);
    }
  }

  @Test
  void noiseStaysText() {
    Random random = new Random(7);
    int shown = 0;
    for (int i = 0; i < 500; i++) {
      byte[] noise = new byte[2 + random.nextInt(60)];
      random.nextBytes(noise);
      TerminalFuzz.fuzzerTestOneInput(noise);
      shown++;
    }
    assertThat(shown).isEqualTo(500);
  }
}
