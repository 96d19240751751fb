package dev.ragstream.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ragstream.elastic.ProcessRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The clients in {@code src/test/clients}, which {@code scripts/test} installs. */
final class NpmClients {

  private static final Path FOLDER = Path.of("src", "test", "clients").toAbsolutePath();
  private static final JsonMapper MAPPER = new JsonMapper();

  private NpmClients() {}

  /** Skips the tests of a class where they are not installed. */
  static void require() {
    assumeTrue(
        Files.exists(FOLDER.resolve("node_modules/.package-lock.json")),
        "there are no clients from npm: run scripts/test, or npm ci in src/test/clients");
  }

  /** A WebSocket on the command line; its stdin has to stay open. */
  static ProcessBuilder wscat(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("node", "node_modules/wscat/bin/wscat", "--no-color"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(FOLDER.toFile());
  }

  /** What a script of ours lets one of them do, and what it then prints as JSON. */
  static JsonNode run(String script, String... arguments) {
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(List.of(arguments));
    ProcessRun run = ProcessRun.of(new ProcessBuilder(command).directory(FOLDER.toFile()));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return MAPPER.readTree(run.out());
  }
}
