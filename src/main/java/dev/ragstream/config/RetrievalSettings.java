package dev.ragstream.config;

import dev.ragstream.core.Retrieval.Mode;
import dev.ragstream.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How passages are found; a part of the table of {@link Settings}. */
public record RetrievalSettings(
    @Key(
            value = "By words (BM25) and by nearness of vectors, fused, or by one of them.",
            standard = "hybrid")
        Mode mode,
    @Key(
            value = "How many passages the prompt may hold.",
            standard = "5",
            min = 1,
            max = 1000,
            starter = true)
        int topK,
    @Key(
            value =
                "How many passages each ranking contributes before they are fused; at least"
                    + " twice `retrieval.topK` is used, whatever stands here.",
            standard = "50",
            min = 1,
            max = 10_000)
        int candidates,
    @Key(
            value =
                "Passages that score less stay out of the prompt; 0: no limit. The scale is the"
                    + " mode's: hybrid at most 0.033, vector a cosine up to 1, lexical BM25,"
                    + " which has no upper end.",
            standard = "0",
            min = 0)
        double minScore,
    @Section(
            "A server that reads each of the best passages together with the question, and decides"
                + " on their order. None is asked unless its address is named here.")
        Rerank rerank,
    @Section(
            "A second look at the best hits of an index that somebody else filled: they gain for"
                + " every word of the question that one field holds.")
        Boost boost) {

  /** A server that puts passages in order; none where no address is named. */
  public record Rerank(
      @Key(value = "Whole address of its resource.", example = "http://localhost:8080/rerank")
          @Nullable URI url,
      @Key(value = "Model, as the server calls it.", example = "BAAI/bge-reranker-v2-m3")
          @Nullable String model,
      @Key(
              value = "Key of the server, best taken from the environment.",
              example = "${RERANK_API_KEY}")
          @Nullable Secret apiKey,
      @Key(value = "Further headers for the server.", example = "{X-Team: \"${TEAM_TOKEN}\"}")
          Map<String, Secret> headers,
      @Key(
              value =
                  "How many of the best passages it reads; at least twice `retrieval.topK` where a"
                      + " prompt is built.",
              standard = "30",
              min = 1,
              max = 1000)
          int candidates,
      @Key(
              value =
                  "What it speaks: `cohere` (Jina, vLLM and llama.cpp too) or `tei`"
                      + " (text-embeddings-inference).",
              standard = "cohere")
          Style style,
      @Key(value = "How long a connection may take.", standard = "10s") Duration connectTimeout,
      @Key(value = "How long the server may be silent.", standard = "30s") Duration idleTimeout) {

    /** The shape of requests and answers. */
    public enum Style {
      COHERE,
      TEI
    }
  }

  /** A second look at the best hits; none where no field is named. */
  public record Boost(
      @Key(
              value =
                  "Field that is looked at, such as the question of a question-and-answer index.",
              example = "question")
          @Nullable String field,
      @Key(value = "What a word is worth.", standard = "7", min = 0) double perTerm,
      @Key(value = "Hits that score less after that are left out.", standard = "25", min = 0)
          double minScore,
      @Key(
              value = "How many of the best hits are looked at.",
              standard = "1000",
              min = 1,
              max = 10_000)
          int candidates) {}

  /** Raises {@code candidates} to twice {@code topK}: near misses are part of the answer. */
  public RetrievalSettings {
    candidates = Math.max(candidates, 2 * topK);
  }
}
