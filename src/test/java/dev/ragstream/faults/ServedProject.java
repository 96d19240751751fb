package dev.ragstream.faults;

import static java.util.Objects.requireNonNull;

import dev.ragstream.app.Assembly;
import dev.ragstream.app.Serving;
import dev.ragstream.app.Surroundings;
import dev.ragstream.config.SettingsLoader;
import dev.ragstream.config.SettingsSources;
import dev.ragstream.ingest.Indexer;
import dev.ragstream.journal.Run;
import dev.ragstream.journal.RunJournal;
import dev.ragstream.journal.RunQuery;
import dev.ragstream.journal.RunSummary;
import dev.ragstream.server.Patience;
import dev.ragstream.server.RagServer;
import dev.ragstream.waiting.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A project as a user has it, with settings, one document in an index and a journal, and the server
 * over it: everything between a client's socket and the model's is what it is in the field.
 */
final class ServedProject implements AutoCloseable {

  private static final String INDEX = ".ragstream/index";

  final List<String> notices = new CopyOnWriteArrayList<>();
  private final Serving serving;
  private final RagServer server;
  private final RunJournal journal;

  /**
   * Begins to serve.
   *
   * @param folder empty, or one that was served before
   * @param settings the settings file
   */
  ServedProject(Path folder, String settings, Patience patience) throws IOException {
    index(folder, settings);
    journal = assembly(folder).history().journal();
    serving = new Serving(() -> assembly(folder));
    server =
        new RagServer(serving::listening, patience, serving::options, serving, notices::add, null);
    server.start();
  }

  /** One whose model is behind an address. */
  static ServedProject asking(Upstream upstream, Path folder, Patience patience)
      throws IOException {
    return new ServedProject(folder, settings(upstream, "{}"), patience);
  }

  /** Settings for a model behind an address; how the model is to be treated comes as YAML. */
  static String settings(Upstream upstream, String timeouts) {
    return """
    llm: {model: "openai:some-model", baseUrl: "%s", %s
    retrieval: {mode: lexical}
    serve: {port: 0}
    """
        .formatted(upstream.url(), timeouts.substring(1));
  }

  /** Makes a folder such a project, without any embedding: one was embedded before. */
  static void index(Path folder, String settings) throws IOException {
    Files.writeString(folder.resolve("ragstream.yaml"), settings);
    Path index = Files.createDirectories(folder.resolve(INDEX));
    try (Stream<Path> files = Files.list(Embedded.FOLDER.resolve(INDEX))) {
      for (Path file : files.filter(file -> !file.endsWith("write.lock")).toList()) {
        Files.copy(
            file,
            index.resolve(requireNonNull(file.getFileName())),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** The project whose document is embedded, once for all tests. */
  private static final class Embedded {

    static final Path FOLDER = embedded();

    private static Path embedded() {
      try {
        Path folder = Files.createDirectories(Path.of("target", "served-project"));
        Files.writeString(folder.resolve("ragstream.yaml"), "");
        Path docs = Files.createDirectories(folder.resolve("docs"));
        Files.writeString(
            docs.resolve("weather.md"), "# Weather\n\nRain from noon; carry an umbrella.\n");
        try (Assembly assembly = assembly(folder)) {
          Indexer.Request all =
              new Indexer.Request(List.of(docs.toAbsolutePath()), false, false, false);
          assembly.indexer(List.of(), List.of()).run(all, _ -> {});
        }
        return folder;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Assembly assembly(Path folder) {
    return new Assembly(
        SettingsLoader.load(new SettingsSources(folder.toAbsolutePath(), Map.of())),
        new Surroundings(
            Path.of("target", "test-cache", "ragstream").toAbsolutePath(),
            Map.of(),
            false,
            _ -> {}));
  }

  int port() {
    return server.ports().getFirst();
  }

  /** What the journal holds of the one run with this in its question; waits for its end. */
  Run journalled(String question) {
    List<RunSummary> runs =
        Eventually.within(Duration.ofMillis(Exchange.PATIENCE_MILLIS))
            .see(
                "a run with an end",
                () -> journal.runs(new RunQuery(10, null, null, question)),
                found -> found.size() == 1 && found.getFirst().ending() != null);
    return journal.run(runs.getFirst().id());
  }

  @Override
  public void close() {
    server.close();
    serving.close();
    journal.close();
  }
}
