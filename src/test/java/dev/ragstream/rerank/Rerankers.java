package dev.ragstream.rerank;

import dev.ragstream.core.Secret;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.HttpTransport;
import dev.ragstream.upstream.JsonExchange;
import dev.ragstream.upstream.RetryPolicy;
import dev.ragstream.upstream.Timeouts;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;

/** Rerankers on a server, with a canary for a key. */
final class Rerankers {

  static final String CANARY = "canary-3c9e";

  private Rerankers() {}

  static HttpReranker at(URI url, RerankApi api, Timeouts timeouts) {
    Endpoint endpoint =
        new Endpoint(
            url,
            new Secret("$KEY", () -> CANARY),
            Map.of(),
            timeouts,
            new Endpoint.Names("retrieval.rerank", "url", "RERANK_API_KEY"));
    RetryPolicy retry = new RetryPolicy(2, InstantSource.system(), () -> 0, _ -> {});
    return new HttpReranker(
        api,
        new JsonExchange(
            "some-reranker", "reranking", endpoint, new HttpTransport(endpoint, retry, _ -> {})));
  }
}
