package dev.ragstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.cli.Console.ColorMode;
import dev.ragstream.render.Style;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  private static final PrintStream NOWHERE = new PrintStream(PrintStream.nullOutputStream());

  private static Console console(int columns) {
    return new Console(
        InputStream.nullInputStream(), NOWHERE, NOWHERE, Console.Terminals.NONE, columns);
  }

  private static Style style(Map<String, String> environment) {
    return console(50).style(ColorMode.AUTO, environment, true).linking(Path.of("."));
  }

  @Test
  void aTerminalThatDoesNotKnowItsWidthIsTakenForOneOf80Columns() {
    assertThat(console(0).columns()).isEqualTo(80);
    assertThat(console(-1).columns()).isEqualTo(80);
    assertThat(console(50).columns()).isEqualTo(50);
  }

  @Test
  void noColorTakesTheColoursAndLeavesTheRest() {
    Style style = style(Map.of("TERM", "xterm", "NO_COLOR", "1"));

    assertThat(style.red("x") + style.cyan("x")).isEqualTo("xx");
    assertThat(style.bold("x")).isEqualTo("\u001b[1mx\u001b[0m");
    assertThat(style.ansi()).isTrue();
    assertThat(style.link("x", "pom.xml")).startsWith("\u001b]8;;file:");
    assertThat(style(Map.of("TERM", "xterm", "NO_COLOR", "")).red("x")).contains("\u001b[31m");
  }

  @Test
  void aDumbTerminalGetsNoSequences() {
    Style style = style(Map.of("TERM", "dumb"));

    assertThat(style.bold("x") + style.red("x") + style.link("x", "pom.xml")).isEqualTo("xxx");
    assertThat(style.columns()).isEqualTo(50);
  }

  @Test
  void whatIsNoTerminalGetsWholeLines() {
    Style style = console(50).style(ColorMode.ALWAYS, Map.of(), false);

    assertThat(style.columns()).isEqualTo(Style.WHOLE);
    assertThat(style.red("x")).contains("\u001b[31m");
  }
}
