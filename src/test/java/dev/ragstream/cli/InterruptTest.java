package dev.ragstream.cli;

import static dev.ragstream.model.ScriptedServer.STREAM;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.model.ScriptedServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C on real processes. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill -INT")
class InterruptTest {

  private static final long PATIENCE_SECONDS = 120;

  @TempDir private Path folder;

  @Test
  void anAnswerThatIsInterruptedClosesTheServersConnectionAndKeepsWhatCame() throws Exception {
    write("docs/weather.md", "# Weather\n\nCarry an umbrella today.\n");
    assertThat(start(Map.of(), "index", "docs").waitFor()).isZero();
    try (ScriptedServer server = new ScriptedServer()) {
      server.script(send(STREAM + "data: {\"choices\":[{\"delta\":{\"content\":\"Yes, \"}}]}\n\n"));
      Process ask =
          start(
              Map.of("OPENAI_BASE_URL", server.url().toString()),
              "ask",
              "-m",
              "openai:some-model",
              "Should I?");
      Reader out = ask.inputReader(StandardCharsets.UTF_8);
      char[] first = new char[5];
      assertThat(out.read(first)).isEqualTo(5);

      interrupt(ask);

      server.clientLeft().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(ask.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
      assertThat(new String(first)).isEqualTo("Yes, ");
    }
  }

  @Test
  void anInterruptedIndexRunKeepsWhatItAcknowledgedAndTheNextOneGoesOn() throws Exception {
    for (int i = 0; i < 150; i++) {
      write("docs/note-%03d.md".formatted(i), "# Note " + i + "\n\n" + "Rain falls. ".repeat(60));
    }
    Process index = start(Map.of(), "index", "--json", "docs");
    List<String> acknowledged = new ArrayList<>();
    try (BufferedReader out = index.inputReader(StandardCharsets.UTF_8)) {
      acknowledged.add(out.readLine());
      interrupt(index);
      out.lines().filter(line -> line.contains("\"outcome\"")).forEach(acknowledged::add);
    }

    assertThat(index.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(acknowledged).hasSizeLessThan(150);
    Process again = start(Map.of(), "index", "--json", "docs");
    try (BufferedReader out = again.inputReader(StandardCharsets.UTF_8)) {
      long unchanged = out.lines().filter(line -> line.contains("\"unchanged\"")).count();
      assertThat(unchanged).isGreaterThanOrEqualTo(acknowledged.size());
    }
    assertThat(again.waitFor()).isZero();
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Process start(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dragstream.terminals=",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder
        .environment()
        .put("XDG_CACHE_HOME", Path.of("target", "test-cache").toAbsolutePath().toString());
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    builder.redirectError(folder.resolve("stderr-" + arguments[0]).toFile());
    return builder.start();
  }

  private static void interrupt(Process process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }
}
