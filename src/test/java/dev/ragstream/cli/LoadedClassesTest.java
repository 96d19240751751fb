package dev.ragstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command loads what it needs: every class costs time. */
class LoadedClassesTest {

  private static final List<String> SERVER =
      List.of("dev.ragstream.server.", "io.javalin.", "org.eclipse.jetty.", "kotlin.");
  private static final List<String> CLUSTER =
      List.of("dev.ragstream.elastic.", "co.elastic.", "org.apache.hc.");
  private static final List<String> PARSERS =
      List.of("org.apache.pdfbox.", "org.apache.poi.", "org.jsoup.", "de.siegmar.fastcsv.");
  private static final List<String> DATABASES = List.of("org.sqlite.");
  private static final List<String> FOREIGN_CALLS =
      List.of("jdk.internal.foreign.abi.AbstractLinker");
  private static final List<String> SEARCH = List.of("org.apache.lucene.", "ai.onnxruntime.");

  /** Where one document is indexed. */
  @TempDir private static Path folder;

  @BeforeAll
  static void indexOneDocument() throws Exception {
    Files.createDirectories(folder.resolve("docs"));
    Files.writeString(folder.resolve("docs/weather.md"), "# Weather\n\nCarry an umbrella.\n");
    assertThat(start("index docs", List.of()).waitFor()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"search umbrella", "prompt umbrella", "ask umbrella", "status", "log", "config"})
  void aCommandThatOnlyReadsLoadsNoServerNoClientOfAClusterAndNoParser(String command)
      throws Exception {
    assertThat(loaded(command, List.of(SERVER, CLUSTER, PARSERS))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "init --force", "config"})
  void aCommandThatNeitherSearchesNorRemembersLoadsNeither(String command) throws Exception {
    assertThat(loaded(command, List.of(SERVER, CLUSTER, PARSERS, DATABASES, SEARCH))).isEmpty();
  }

  @Test
  void aSearchRemembersNothingAndSoLoadsNoDatabase() throws Exception {
    assertThat(loaded("search umbrella", List.of(DATABASES))).isEmpty();
    assertThat(loaded("search umbrella", List.of(SEARCH))).isNotEmpty();
  }

  @Test
  void aSearchInASmallIndexIsNotLinkedToTheOperatingSystem() throws Exception {
    assertThat(loaded("search umbrella", List.of(FOREIGN_CALLS))).isEmpty();
  }

  /** What a command loads of some packages. */
  private static List<String> loaded(String command, List<List<String>> packages) throws Exception {
    Path log = Files.createTempFile(folder, "classes", ".txt");
    Process process = start(command, List.of("-Xlog:class+load:file=" + log + "::filecount=0"));
    process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).as(command).isZero();
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .map(line -> line.replaceFirst("^(\\[.*?])+ *", "").split(" ", -1)[0])
          .filter(name -> packages.stream().flatMap(List::stream).anyMatch(name::startsWith))
          .toList();
    }
  }

  private static Process start(String command, List<String> options) throws IOException {
    return MainProcess.start(folder, options, Map.of(), command.split(" "));
  }
}
