package dev.ragstream.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The start script of Windows against the one of the other systems, as texts: it runs on Windows
 * alone, where {@code .github/workflows/release.yml} starts it.
 */
class LauncherOptionsTest {

  private static final Pattern OPTION = Pattern.compile("(?<=[\\s'\"=])-(?:X|D|-enable)[^\\s'\"]+");

  /** What its program finds out where the script does not. */
  private static final Pattern OF_TERMINALS = Pattern.compile("-Dragstream\\.\\w+=");

  @Test
  void theJvmIsGivenTheSameOnEverySystem() throws IOException {
    Set<String> posix = options("ragstream");
    posix.removeIf(OF_TERMINALS.asPredicate());

    assertThat(posix).contains("-XX:+UseSerialGC", "-XX:AOTCache=ragstream.aot");
    assertThat(options("ragstream.bat")).isEqualTo(posix);
  }

  @Test
  void theSameCommandsRunLongAndTheSameOptionsTakeAValue() throws IOException {
    String posix = script("ragstream");
    String windows = script("ragstream.bat");

    assertThat(windows)
        .contains(
            "for %%o in ("
                + find(posix, "(-c \\| .*)\\) skip=1").replace(" |", "")
                + ") do if \"%argument%\"==\"%%o\" goto skip");
    String serve = find(posix, "serve\\) flags='([^']*)' quick=''");
    assertThat(posix).contains("index | parity) flags=-XX:+UseSerialGC ;;");
    assertThat(
            Pattern.compile("\"%command%\"==\"(\\w+)\" set \"(flags=[^\"]*)\"")
                .matcher(windows)
                .results())
        .extracting(match -> match.group(1) + " " + match.group(2))
        .containsExactly(
            "index flags=-XX:+UseSerialGC",
            "parity flags=-XX:+UseSerialGC",
            "serve flags=" + serve);
  }

  private static Set<String> options(String script) throws IOException {
    return OPTION
        .matcher(script(script).replaceAll("(?m)^(#|rem ).*$", ""))
        .results()
        .map(MatchResult::group)
        .map(option -> option.replaceAll("AOTCache=.*", "AOTCache=ragstream.aot"))
        .filter(option -> !option.contains("*"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String find(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().findFirst().orElseThrow().group(1);
  }

  private static String script(String name) throws IOException {
    return Files.readString(Path.of("scripts", "launcher", name));
  }
}
