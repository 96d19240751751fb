package dev.ragstream.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragstream.core.Failure;
import dev.ragstream.core.Failure.Kind;
import dev.ragstream.core.FailureException;
import dev.ragstream.model.ScriptedServer;
import dev.ragstream.upstream.Timeouts;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RerankFaultsTest {

  private final RerankServer server = new RerankServer();

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                                                | answered without an array of scores
          {"results":[]}                                    | answered with 0 scores for 2 texts
          {"results":[{"index":1,"relevance_score":0.5}]}   | answered with 1 scores for 2 texts
          {"results":[{"index":2,"relevance_score":0.5}]}   | answered with a score for no text: index 2
          {"results":[{"index":-1,"relevance_score":0.5}]}  | answered with a score for no text: index -1
          {"results":[{"relevance_score":0.5}]}             | answered with a score for no text: index
          {"results":[{"index":0,"relevance_score":0.5},{"index":0,"relevance_score":0.4}]} | answered twice with a score of index 0
          {"results":[{"index":0,"relevance_score":"NaN"}]} | answered with a relevance_score that is no finite number: "NaN"
          {"results":[{"index":0,"relevance_score":1e999}]} | answered with a relevance_score that is no finite number
          {"results":[{"index":0,"relevance_score":null}]}  | answered with a relevance_score that is no finite number: null
          {"results":[{"index":0,"score":0.5}]}             | answered with a relevance_score that is no finite number
          {"results":[{"index":0,"relevance_score":NaN}]}   | answered 200 with application/json and no JSON; it began with
          """)
  void anAnswerThatIsNoneOfCoheres(String body, String problem) {
    server.instead(200, body);

    Failure failure = failure(server.cohere(), new CohereRerank("m"), Timeouts.DEFAULTS);

    assertThat(failure.kind()).isEqualTo(Kind.UPSTREAM_PROTOCOL);
    assertThat(failure.problem()).startsWith(server.cohere() + " " + problem);
    assertThat(failure.remedy())
        .isEqualTo("check that retrieval.rerank.url is the address of an API for reranking");
  }

  @Test
  void anErrorIsToldInTheServersWords() {
    server.instead(413, "{\"error\":\"batch size 50 > maximum allowed batch size 32\"}");

    assertThat(failure(server.tei(), new TeiRerank(), Timeouts.DEFAULTS).problem())
        .isEqualTo(server.tei() + " answered 413: batch size 50 > maximum allowed batch size 32");
  }

  @Test
  void aRefusedKeyIsNamedAndNeverShown() {
    server.instead(401, "{\"message\":\"no such key: " + Rerankers.CANARY + "\"}");

    Failure failure = failure(server.cohere(), new CohereRerank("m"), Timeouts.DEFAULTS);

    assertThat(failure.kind()).isEqualTo(Kind.UPSTREAM_UNAUTHORIZED);
    assertThat(failure.remedy()).contains("retrieval.rerank.apiKey");
    assertThat(failure.toString()).doesNotContain(Rerankers.CANARY);
  }

  @Test
  void aServerThatFallsSilentIsLeft() {
    try (ScriptedServer silent = new ScriptedServer()) {
      silent.script();
      Timeouts hasty =
          new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(2));

      Failure failure = failure(silent.url(), new TeiRerank(), hasty);

      assertThat(failure.kind()).isEqualTo(Kind.UPSTREAM_STALLED);
      assertThat(failure.remedy()).contains("retrieval.rerank.idleTimeout");
      assertThat(silent.clientLeft()).succeedsWithin(Duration.ofSeconds(20));
    }
  }

  @Test
  void aServerThatIsNotThereIsNamedWithItsSetting() {
    Failure failure =
        failure(URI.create("http://127.0.0.1:1/rerank"), new CohereRerank("m"), Timeouts.DEFAULTS);

    assertThat(failure.problem()).isEqualTo("http://127.0.0.1:1/rerank refused the connection");
    assertThat(failure.remedy()).contains("retrieval.rerank.url");
  }

  private static Failure failure(URI url, RerankApi api, Timeouts timeouts) {
    return Objects.requireNonNull(
            catchThrowableOfType(
                FailureException.class,
                () ->
                    Rerankers.at(url, api, timeouts)
                        .scores("rain?", List.of("It rains.", "It is dry."))))
        .failure();
  }
}
