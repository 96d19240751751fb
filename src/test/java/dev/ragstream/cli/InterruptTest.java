package dev.ragstream.cli;

import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.faults.Promised;
import dev.ragstream.faults.Promised.Took;
import dev.ragstream.model.ProviderFixture;
import dev.ragstream.model.ScriptedServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ctrl-C on real processes. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill -INT")
class InterruptTest {

  private static final Duration EXIT = Duration.ofSeconds(2);

  private static final long PATIENCE_SECONDS = 120;

  /** Where one document is indexed. */
  @TempDir private static Path indexed;

  @TempDir private Path folder;

  @BeforeAll
  static void indexOneDocument() throws Exception {
    write(indexed, "docs/weather.md", "# Weather\n\nCarry an umbrella today.\n");
    assertThat(start(indexed, "index", "docs").waitFor()).isZero();
  }

  @ParameterizedTest
  @MethodSource("dev.ragstream.model.ProviderFixtures#all")
  void anAnswerThatIsInterruptedClosesTheServersConnectionAndKeepsWhatCame(ProviderFixture provider)
      throws Exception {
    Promised.within(() -> {
      try (ScriptedServer server = new ScriptedServer()) {
        server.script(send(provider.head() + provider.opening() + provider.text("Yes, ")));
        Process ask = ask(provider, server);
        Reader out = ask.inputReader(StandardCharsets.UTF_8);
        char[] first = new char[5];
        assertThat(out.read(first)).isEqualTo(5);

        List<Took> took = interrupt(ask, server, Duration.ofSeconds(1));

        assertThat(new String(first) + out.readAllAsString()).isEqualTo("Yes, \n");
        return took;
      }
    });
  }

  @ParameterizedTest
  @MethodSource("dev.ragstream.model.ProviderFixtures#all")
  void anInterruptBeforeTheFirstTokenClosesTheServersConnection(ProviderFixture provider)
      throws Exception {
    Promised.within(() -> {
      try (ScriptedServer server = new ScriptedServer()) {
        server.script();
        Process ask = ask(provider, server);
        server.awaitRequest();

        List<Took> took = interrupt(ask, server, Duration.ofSeconds(2));

        assertThat(ask.inputReader(StandardCharsets.UTF_8).readAllAsString()).isEmpty();
        return took;
      }
    });
  }

  /** Counted from the moment when the process has got the signal. */
  private static List<Took> interrupt(Process ask, ScriptedServer server, Duration closing)
      throws Exception {
    Instant interrupted = interrupt(ask);
    Instant left = server.clientLeft().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(ask.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
    Instant ended = Instant.now();
    return List.of(
        new Took("connection closed", Duration.between(interrupted, left), closing),
        new Took("process ended", Duration.between(interrupted, ended), EXIT));
  }

  @Test
  void anInterruptedIndexRunKeepsWhatItAcknowledgedAndTheNextOneGoesOn() throws Exception {
    for (int i = 0; i < 150; i++) {
      write(
          folder,
          "docs/note-%03d.md".formatted(i),
          "# Note " + i + "\n\n" + "Rain falls. ".repeat(60));
    }
    Process index = start(folder, "index", "--json", "docs");
    List<String> acknowledged = new ArrayList<>();
    try (BufferedReader out = index.inputReader(StandardCharsets.UTF_8)) {
      acknowledged.add(out.readLine());
      interrupt(index);
      out.lines().filter(line -> line.contains("\"outcome\"")).forEach(acknowledged::add);
    }

    assertThat(index.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(acknowledged).hasSizeLessThan(150);
    Process again = start(folder, "index", "--json", "docs");
    try (BufferedReader out = again.inputReader(StandardCharsets.UTF_8)) {
      long unchanged = out.lines().filter(line -> line.contains("\"unchanged\"")).count();
      assertThat(unchanged).isGreaterThanOrEqualTo(acknowledged.size());
    }
    assertThat(again.waitFor()).isZero();
  }

  private Process ask(ProviderFixture provider, ScriptedServer server) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "ask",
                "--set",
                "retrieval.mode=lexical",
                "-m",
                provider.name().toLowerCase(Locale.ROOT) + ":some-model",
                "--set",
                "llm.baseUrl=" + server.url()));
    provider
        .settings()
        .forEach((name, value) -> arguments.addAll(List.of("--set", name + "=" + value)));
    arguments.add("Should I?");
    return start(indexed, arguments.toArray(String[]::new));
  }

  private static void write(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static Process start(Path folder, String... arguments) throws IOException {
    return MainProcess.builder(folder, List.of(), Map.of(), arguments)
        .redirectError(File.createTempFile("stderr-", ".txt", folder.toFile()))
        .start();
  }

  /** Says when the signal had been sent. */
  private static Instant interrupt(Process process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    return Instant.now();
  }
}
