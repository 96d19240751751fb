package dev.ragstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.elastic.ElasticNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ragstream parity} with a real node. */
@ExtendWith({ElasticNode.class, SampleProject.class})
class ParityCommandTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  private final URI node;
  private final String index = "parity-" + UUID.randomUUID();
  @TempDir private Path folder;
  private Session session;

  ParityCommandTest(URI node) {
    this.node = node;
  }

  @BeforeEach
  void twoDocuments() throws Exception {
    session = new Session(folder);
    Files.createDirectories(folder.resolve("docs"));
    Files.writeString(folder.resolve("docs/weather.md"), "# Weather\n\nCarry an umbrella today.\n");
    Files.writeString(folder.resolve("docs/pool.md"), "# Pool\n\nA swim costs five euros.\n");
    Files.writeString(folder.resolve("questions.txt"), "Umbrella?\nWhat does a swim cost?\n");
  }

  @Test
  void bothStoresFindTheSameForTheSampleQuestions(Session sample) {
    Session.Outcome outcome = run(sample, "--json", "--min", "0.99", "sample-data");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    JsonNode report = MAPPER.readTree(outcome.out());
    assertThat(report.path("questions").size()).isGreaterThan(50);
    assertThat(report.path("k").asInt()).isEqualTo(10);
    for (String mode : List.of("hybrid", "lexical", "vector")) {
      JsonNode mean = report.path("means").path(mode);
      assertThat(mean.path("firstAgrees").asDouble()).as(mode).isEqualTo(1);
      assertThat(mean.path("rankBiasedOverlap").asDouble()).as(mode).isGreaterThan(0.99);
    }
    assertThat(report.path("means").path("lexical").path("same").asInt())
        .isEqualTo(report.path("questions").size());
  }

  @Test
  void theReportIsOnStdoutAndTheRestOnStderr() {
    Session.Outcome outcome = run(session, "--questions", "questions.txt", "-k", "2", "docs");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .isEqualTo(
            """
            hybrid             lexical            vector          \s\s\s
              @2    rbo    ≠     @2    rbo    ≠     @2    rbo    ≠   question
            1.00  1.000    –   1.00  1.000    –   1.00  1.000    –   Umbrella?
            1.00  1.000    –   1.00  1.000    –   1.00  1.000    –   What does a swim cost?

            mean     questions     @2    rbo  first  same
            hybrid           2  1.000  1.000  1.000     2
            lexical          2  1.000  1.000  1.000     2
            vector           2  1.000  1.000  1.000     2
            @2: share of the best 2 that both find; rbo: rank-biased overlap, p = 0.9;
            ≠: first rank that differs; first: the same best passage; same: all of them
            """);
    assertThat(outcome.err())
        .containsSubsequence(
            "loading into Elasticsearch\n",
            "2 indexed",
            "loading into Lucene\n",
            "2 indexed",
            "asking 2 questions\n");
  }

  @Test
  void onlyTheModesThatAreNamedAreCompared() {
    Session.Outcome outcome =
        run(session, "--questions", "questions.txt", "--mode", "vector,lexical", "--json", "docs");

    assertThat(MAPPER.readTree(outcome.out()).path("means").propertyNames())
        .containsExactly("lexical", "vector");
  }

  @Test
  void bothIndicesAreRemovedUnlessTheyAreToBeKept() {
    run(session, "--questions", "questions.txt", "--keep", "docs");
    assertThat(status(index + "-parity").out()).contains("documents  2");
    assertThat(folder.resolve(".ragstream/parity/lucene")).isNotEmptyDirectory();

    run(session, "--questions", "questions.txt", "docs");
    assertThat(status(index + "-parity").err()).contains("run 'ragstream index PATH' first");
    assertThat(folder.resolve(".ragstream/parity")).doesNotExist();
    assertThat(status(index).err()).contains("run 'ragstream index PATH' first");
  }

  @Test
  void aFileThatCannotBeReadFailsTheRunAndTheOthersAreCompared() throws Exception {
    Files.writeString(folder.resolve("docs/broken.pdf"), "%PDF-1.7 nothing follows");

    Session.Outcome outcome = run(session, "--questions", "questions.txt", "docs");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.out()).contains("hybrid           2  1.000");
    assertThat(outcome.err()).contains("failed docs/broken.pdf");
  }

  @Test
  void questionsMayLieWithTheDocuments() throws Exception {
    Files.writeString(folder.resolve("docs/questions.yaml"), "questions: [Umbrella?]");

    assertThat(run(session, "docs").out()).contains("–   Umbrella?\n");
  }

  @Test
  void aClusterThatIsNotThereIsToldBeforeAnythingIsEmbedded() {
    Session.Outcome outcome =
        run(
            session,
            "--questions",
            "questions.txt",
            "--set",
            "store.url=http://127.0.0.1:9",
            "docs");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err())
        .startsWith("loading into Elasticsearch\nerror: ")
        .contains("http://127.0.0.1:9")
        .doesNotContain("Lucene");
    assertThat(folder.resolve(".ragstream/parity")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          docs                                | there are no questions to ask: no questions.yaml in docs | name a file with one question a line: --questions FILE
          -k 0 docs                           | -k 0 is out of range                                | give a number from 1 to 100
          --min 90 docs                       | --min 90.0 is out of range                          | give a number from 0 to 1
          --set store.type=lucene docs        | parity compares a cluster with the embedded store, and store.type is lucene | choose a profile that sets store.type to elasticsearch, such as --profile es
          """)
  void whatCannotBeIsRefused(String arguments, String problem, String remedy) {
    Session.Outcome outcome = run(session, arguments.split(" "));

    assertThat(outcome)
        .isEqualTo(
            new Session.Outcome(
                ExitCode.USAGE, "", "error: " + problem + "\n  → " + remedy + "\n"));
  }

  private Session.Outcome run(Session in, String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "parity",
                "--set",
                "store.type=elasticsearch",
                "--set",
                "store.url=" + node,
                "--set",
                "store.index=" + index));
    all.addAll(List.of(arguments));
    return in.run(all, "");
  }

  private Session.Outcome status(String name) {
    return session.run(
        List.of(
            "status",
            "--set",
            "store.type=elasticsearch",
            "--set",
            "store.url=" + node,
            "--set",
            "store.index=" + name),
        "");
  }
}
