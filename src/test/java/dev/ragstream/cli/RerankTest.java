package dev.ragstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.rerank.RerankServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Searching and asking with a reranker, as its user sees it. */
@ExtendWith(SampleProject.class)
class RerankTest {

  private static final String QUESTION = "ticket office opening hours";

  private final RerankServer server = new RerankServer();
  private Session session;

  @BeforeEach
  void open(Session sample) {
    session = sample;
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void theOrderIsTheRerankersAndExplainShowsTheOneBefore() {
    Session.Outcome outcome = reranked("search", "-k", "3", "--explain", QUESTION);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).containsPattern("    rerank   rank \\d+ → 1, score \\d\\.\\d{4}\\n");
    assertThat(server.requests().getFirst().path("documents").size()).isEqualTo(30);
    List<Double> scores =
        outcome
            .out()
            .lines()
            .filter(line -> line.startsWith("    rerank"))
            .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
            .toList();
    assertThat(scores).hasSize(3).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void aPromptHoldsThePassagesInTheNewOrder() {
    List<String> found =
        reranked("search", "-k", "3", "--format", "csv", QUESTION)
            .out()
            .lines()
            .filter(line -> line.matches("\\d+,sample-data/[^,]+,.*"))
            .map(line -> line.replaceFirst("^\\d+,([^,]+),.*", "$1"))
            .toList();

    String prompt = reranked("prompt", "-k", "3", "--format", "json", QUESTION).out();

    assertThat(found).hasSize(3);
    assertThat(prompt).contains(found);
    assertThat(prompt.indexOf("\"id\" : \"" + found.get(0) + "\""))
        .isLessThan(prompt.indexOf("\"id\" : \"" + found.get(1) + "\""));
  }

  @Test
  void withoutARerankerNothingOfItIsShown() {
    Session.Outcome json = session.run(List.of("search", "--json", QUESTION), "");
    Session.Outcome explained = session.run(List.of("search", "--explain", QUESTION), "");

    assertThat(json.out()).doesNotContain("rerank");
    assertThat(explained.out()).doesNotContain("rerank");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aRerankerThatFailsIsNotPassedOver() {
    server.instead(500, "{\"error\":\"out of memory\"}");

    Session.Outcome outcome = reranked("search", QUESTION);

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .contains("error: " + server.cohere() + " answered 500: out of memory")
        .contains("retrieval.rerank.model");
  }

  @Test
  void offlineItIsRefused() {
    Session.Outcome outcome = reranked("--offline", "search", QUESTION);

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err()).contains("the reranker at " + server.cohere() + " needs a network");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void doctorAsksIt() {
    assertThat(reranked("doctor").out())
        .contains("✓ rerank     the model some-reranker puts passages in order\n");
  }

  private Session.Outcome reranked(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--set", "retrieval.rerank.url=" + server.cohere()));
    all.addAll(List.of("--set", "retrieval.rerank.model=some-reranker"));
    all.addAll(List.of(arguments));
    return session.run(all, "");
  }
}
