package dev.ragstream.core;

import dev.ragstream.core.Passage.Reranked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Lets a {@link Reranker} put the best passages of another retriever in order. They keep their
 * scores and the evidence of how they were found.
 */
public final class RerankingRetriever implements Retriever {

  private final Retriever retriever;
  private final Reranker reranker;
  private final int candidates;

  /**
   * @param candidates how many of the best passages are judged; never fewer than are wanted
   */
  public RerankingRetriever(Retriever retriever, Reranker reranker, int candidates) {
    this.retriever = retriever;
    this.reranker = reranker;
    this.candidates = candidates;
  }

  @Override
  public Retrieval retrieve(String query, Retrieval.Options options, int limit) {
    long start = System.nanoTime();
    Retrieval found = retriever.retrieve(query, options, Math.max(candidates, limit));
    List<Passage> ordered = found.passages().isEmpty() ? List.of() : ordered(query, found);
    return new Retrieval(
        query,
        options,
        ordered.subList(0, Math.min(limit, ordered.size())),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private List<Passage> ordered(String query, Retrieval found) {
    List<Passage> passages = found.passages();
    List<Double> scores =
        reranker.scores(
            query, passages.stream().map(passage -> passage.chunk().searchableText()).toList());
    List<Judged> judged = new ArrayList<>(passages.size());
    for (int i = 0; i < passages.size(); i++) {
      judged.add(new Judged(passages.get(i), scores.get(i)));
    }
    // Equal scores stay in the order of before.
    judged.sort(Comparator.comparingDouble(Judged::score).reversed());
    List<Passage> ordered = new ArrayList<>(judged.size());
    for (Judged each : judged) {
      int rank = ordered.size() + 1;
      Passage before = each.passage();
      ordered.add(
          new Passage(
              rank,
              before.chunk(),
              before.score(),
              before.lexical(),
              before.vector(),
              new Reranked(rank, each.score(), before.n())));
    }
    return ordered;
  }

  private record Judged(Passage passage, double score) {}
}
