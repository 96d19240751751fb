package dev.ragstream.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Reranker;
import dev.ragstream.core.RerankerContract;
import dev.ragstream.upstream.Timeouts;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TeiRerankTest implements RerankerContract {

  private final RerankServer server = new RerankServer();

  @AfterEach
  void close() {
    server.close();
  }

  @Override
  public Reranker reranker() {
    return Rerankers.at(server.tei(), new TeiRerank(), Timeouts.DEFAULTS);
  }

  @Test
  void theRequestIsTeis() {
    reranker().scores("rain?", List.of("It rains.", "It is dry."));

    assertThat(server.requests().getFirst())
        .hasToString(
            "{\"query\":\"rain?\",\"texts\":[\"It rains.\",\"It is dry.\"],\"truncate\":true}");
  }
}
