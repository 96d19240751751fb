package dev.ragstream.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Embedder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class OllamaEmbeddingsTest implements EmbedderContract {

  private static final EmbeddingServer SERVER = new EmbeddingServer();
  private static final Embedder EMBEDDER =
      HttpEmbedderFixture.ollama(SERVER.root(), HttpEmbedderFixture.options(3, null));

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @Override
  public Embedder embedder() {
    return EMBEDDER;
  }

  @Test
  void theRequestIsOllamasOwn() {
    try (EmbeddingServer server = new EmbeddingServer()) {
      HttpEmbedderFixture.ollama(server.root(), HttpEmbedderFixture.options(3, 8))
          .embedQuestion("rain?");

      assertThat(server.requests().getFirst())
          .hasToString("{\"model\":\"m\",\"input\":[\"rain?\"],\"dimensions\":8}");
    }
  }
}
