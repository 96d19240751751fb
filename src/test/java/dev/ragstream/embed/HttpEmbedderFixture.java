package dev.ragstream.embed;

import dev.ragstream.core.Secret;
import dev.ragstream.model.TokenEncodings;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.HttpTransport;
import dev.ragstream.upstream.JsonExchange;
import dev.ragstream.upstream.RetryPolicy;
import dev.ragstream.upstream.Timeouts;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Embedders on a server, with a canary for a key. */
final class HttpEmbedderFixture {

  static final String CANARY = "canary-77ab";

  private HttpEmbedderFixture() {}

  static HttpEmbedder openAi(URI baseUrl, HttpEmbedder.Options options) {
    return embedder("openai:m", new OpenAiEmbeddings("m", options.dimensions()), baseUrl, options);
  }

  static HttpEmbedder ollama(URI baseUrl, HttpEmbedder.Options options) {
    return embedder("ollama:m", new OllamaEmbeddings("m", options.dimensions()), baseUrl, options);
  }

  static HttpEmbedder.Options options(int batchSize, @Nullable Integer dimensions) {
    return new HttpEmbedder.Options("", "", 512, batchSize, 4, dimensions);
  }

  private static HttpEmbedder embedder(
      String name, EmbeddingApi api, URI baseUrl, HttpEmbedder.Options options) {
    Endpoint endpoint =
        new Endpoint(
            baseUrl,
            new Secret("$KEY", () -> CANARY),
            Map.of(),
            Timeouts.DEFAULTS,
            new Endpoint.Names("embedding", "KEY"));
    RetryPolicy retry = new RetryPolicy(2, InstantSource.system(), () -> 0, _ -> {});
    return new HttpEmbedder(
        api,
        new JsonExchange(name, "embeddings", endpoint, new HttpTransport(endpoint, retry, _ -> {})),
        TokenEncodings.cl100kBaseSpans(),
        options);
  }
}
