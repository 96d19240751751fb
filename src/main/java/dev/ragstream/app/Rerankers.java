package dev.ragstream.app;

import dev.ragstream.config.RetrievalSettings.Rerank;
import dev.ragstream.core.Reranker;
import dev.ragstream.core.RerankingRetriever;
import dev.ragstream.core.Retriever;
import dev.ragstream.rerank.CohereRerank;
import dev.ragstream.rerank.HttpReranker;
import dev.ragstream.rerank.RerankApi;
import dev.ragstream.rerank.TeiRerank;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.JsonExchange;
import dev.ragstream.upstream.Timeouts;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/** Builds the reranker that the settings name, if they do. */
record Rerankers(Rerank rerank, Surroundings surroundings) {

  /** The retriever, its order left to the reranker where there is one. */
  Retriever over(Retriever retriever) {
    return reranker()
        .<Retriever>map(found -> new RerankingRetriever(retriever, found, rerank.candidates()))
        .orElse(retriever);
  }

  Optional<Reranker> reranker() {
    return Optional.ofNullable(rerank.url()).map(this::at);
  }

  private Reranker at(URI url) {
    String model = Objects.requireNonNullElse(rerank.model(), "");
    RerankApi api =
        switch (rerank.style()) {
          case COHERE -> new CohereRerank(model);
          case TEI -> new TeiRerank();
        };
    Endpoint endpoint =
        new Endpoint(
            url,
            rerank.apiKey(),
            rerank.headers(),
            null,
            surroundings.secrets(),
            new Timeouts(rerank.connectTimeout(), rerank.idleTimeout(), rerank.idleTimeout()),
            new Endpoint.Names("retrieval.rerank", "url", "RERANK_API_KEY"));
    return new HttpReranker(
        api,
        new JsonExchange(
            model.isEmpty() ? "the server's own" : model,
            "reranking",
            endpoint,
            new Endpoints(surroundings)
                .transport(
                    endpoint, "the reranker at " + url, "leave retrieval.rerank.url empty")));
  }
}
