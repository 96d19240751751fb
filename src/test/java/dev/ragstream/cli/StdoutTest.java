package dev.ragstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of output that cannot be written. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only there is /dev/full")
class StdoutTest {

  private static final Path CASSETTE =
      Path.of("sample-data", "cassettes", "umbrella.jsonl").toAbsolutePath();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--version",
        "config",
        "ask -m replay:CASSETTE --match question \"Should I carry an umbrella?\""
      })
  void anOutputThatIsFullFailsTheCommand(String command) throws Exception {
    Process process = builder(command).redirectOutput(new File("/dev/full")).start();

    assertThat(process.errorReader(StandardCharsets.UTF_8).readAllAsString())
        .contains("error: cannot write to stdout: No space left on device\n  → ");
    assertThat(process.waitFor()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void aReaderThatHasReadEnoughIsNoFailure() throws Exception {
    Process process = builder("completion bash").start();
    process.getInputStream().close();

    assertThat(process.errorReader(StandardCharsets.UTF_8).readAllAsString()).isEmpty();
    assertThat(process.waitFor()).isZero();
  }

  private ProcessBuilder builder(String command) throws IOException {
    List<String> words = Session.words(command.replace("CASSETTE", CASSETTE.toString()));
    return MainProcess.builder(
        folder, List.of(), Map.of("LC_ALL", "C.UTF-8"), words.toArray(String[]::new));
  }
}
