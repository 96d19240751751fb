package dev.ragstream.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Reranker;
import dev.ragstream.core.RerankerContract;
import dev.ragstream.upstream.Timeouts;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CohereRerankTest implements RerankerContract {

  private final RerankServer server = new RerankServer();

  @AfterEach
  void close() {
    server.close();
  }

  @Override
  public Reranker reranker() {
    return Rerankers.at(server.cohere(), new CohereRerank("some-reranker"), Timeouts.DEFAULTS);
  }

  @Test
  void allScoresAreAskedFor() {
    reranker().scores("rain?", List.of("It rains.", "It is dry."));

    assertThat(server.requests().getFirst())
        .hasToString(
            """
            {"model":"some-reranker","query":"rain?","documents":["It rains.","It is dry."],"top_n":2}\
            """);
  }

  @Test
  void aServerOfOneModelNeedsNoName() {
    Rerankers.at(server.cohere(), new CohereRerank(""), Timeouts.DEFAULTS)
        .scores("rain?", List.of("It rains."));

    assertThat(server.requests().getFirst().has("model")).isFalse();
  }
}
