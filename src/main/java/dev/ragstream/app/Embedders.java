package dev.ragstream.app;

import dev.ragstream.app.Endpoints.Server;
import dev.ragstream.config.EmbeddingSettings;
import dev.ragstream.config.Verbatim;
import dev.ragstream.core.Embedder;
import dev.ragstream.embed.BundledModel;
import dev.ragstream.embed.EmbeddingApi;
import dev.ragstream.embed.HttpEmbedder;
import dev.ragstream.embed.OllamaEmbeddings;
import dev.ragstream.embed.OnnxEmbedder;
import dev.ragstream.embed.OpenAiEmbeddings;
import dev.ragstream.model.TokenEncodings;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.JsonExchange;
import dev.ragstream.upstream.Provider;
import dev.ragstream.upstream.Timeouts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds the embedder that the settings name. */
record Embedders(EmbeddingSettings embedding, Surroundings surroundings) {

  Embedder embedder() {
    return switch (embedding.model().provider()) {
      case BUNDLED -> new OnnxEmbedder(bundled(), surroundings.cacheFolder());
      case OPENAI ->
          onServer(Provider.OPENAI, new OpenAiEmbeddings(modelName(), embedding.dimensions()));
      case OLLAMA ->
          onServer(Provider.OLLAMA, new OllamaEmbeddings(modelName(), embedding.dimensions()));
    };
  }

  /** What the model wants before a passage. */
  String passagePrefix() {
    return switch (embedding.model().provider()) {
      case BUNDLED -> bundled().passagePrefix();
      case OPENAI, OLLAMA -> text(embedding.passagePrefix());
    };
  }

  private BundledModel bundled() {
    return BundledModel.named(modelName());
  }

  private String modelName() {
    return embedding.model().name();
  }

  /** Where the model is; nothing where it needs no server. */
  Optional<Server> server() {
    return switch (embedding.model().provider()) {
      case BUNDLED -> Optional.empty();
      case OPENAI -> Optional.of(new Server(Provider.OPENAI, endpoint(Provider.OPENAI)));
      case OLLAMA -> Optional.of(new Server(Provider.OLLAMA, endpoint(Provider.OLLAMA)));
    };
  }

  private Endpoint endpoint(Provider provider) {
    return new Endpoints(surroundings)
        .of(
            provider,
            new Endpoints.Given(
                "embedding",
                embedding.baseUrl(),
                embedding.apiKey(),
                embedding.headers(),
                null,
                new Timeouts(
                    embedding.connectTimeout(), embedding.idleTimeout(), embedding.idleTimeout())));
  }

  private HttpEmbedder onServer(Provider provider, EmbeddingApi api) {
    Endpoint endpoint = endpoint(provider);
    JsonExchange exchange =
        new JsonExchange(
            embedding.model().toString(),
            "embeddings",
            endpoint,
            new Endpoints(surroundings)
                .transport(
                    endpoint,
                    "the embedding model " + embedding.model(),
                    "name a bundled model in embedding.model"));
    return new HttpEmbedder(
        api,
        exchange,
        TokenEncodings.cl100kBaseSpans(),
        new HttpEmbedder.Options(
            text(embedding.questionPrefix()),
            text(embedding.passagePrefix()),
            embedding.maxTokens(),
            embedding.batchSize(),
            embedding.concurrency(),
            embedding.dimensions()));
  }

  private static String text(@Nullable Verbatim setting) {
    return setting == null ? "" : setting.text();
  }
}
