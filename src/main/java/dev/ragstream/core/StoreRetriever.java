package dev.ragstream.core;

import dev.ragstream.core.Passage.Standing;
import dev.ragstream.core.PassageStore.Candidate;
import dev.ragstream.core.PassageStore.Candidates;
import dev.ragstream.core.ReciprocalRankFusion.Fused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finds passages in a store: by words, by nearness, or both, fused. */
public final class StoreRetriever implements Retriever {

  private final PassageStore store;
  private final Embedder embedder;

  public StoreRetriever(PassageStore store, Embedder embedder) {
    this.store = store;
    this.embedder = embedder;
  }

  @Override
  public Retrieval retrieve(String query, Retrieval.Options options, int limit) {
    long start = System.nanoTime();
    PassageStore.Query storeQuery =
        switch (options.mode()) {
          case HYBRID -> storeQuery(query, true, true, options);
          case LEXICAL -> storeQuery(query, true, false, options);
          case VECTOR -> storeQuery(query, false, true, options);
        };
    try (Candidates candidates = store.search(storeQuery)) {
      List<Fused> ranking = rank(options.mode(), candidates);
      List<Fused> best = ranking.subList(0, Math.min(limit, ranking.size()));
      List<Chunk> chunks = candidates.load(best.stream().map(Fused::id).toList());
      List<Passage> passages = new ArrayList<>(best.size());
      for (int i = 0; i < best.size(); i++) {
        Fused fused = best.get(i);
        passages.add(
            new Passage(i + 1, chunks.get(i), fused.score(), fused.lexical(), fused.vector()));
      }
      return new Retrieval(query, options, passages, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private PassageStore.Query storeQuery(
      String query, boolean words, boolean nearness, Retrieval.Options options) {
    return new PassageStore.Query(
        words ? query : null,
        nearness ? questionVector(query) : null,
        options.where(),
        options.candidates());
  }

  /**
   * Embeds first: a model on a server may learn of its dimensions by that. A model in process is
   * loaded while the store opens.
   */
  private PassageStore.QuestionVector questionVector(String query) {
    embedder.warmUp();
    store.warmUp();
    float[] vector = embedder.embedQuestion(query);
    return new PassageStore.QuestionVector(embedder.model(), vector);
  }

  private static List<Fused> rank(Retrieval.Mode mode, Candidates candidates) {
    return switch (mode) {
      case HYBRID -> ReciprocalRankFusion.fuse(candidates.lexical(), candidates.vector());
      case LEXICAL -> single(candidates.lexical(), true);
      case VECTOR -> single(candidates.vector(), false);
    };
  }

  private static List<Fused> single(List<Candidate> ranking, boolean lexical) {
    List<Fused> ranked = new ArrayList<>(ranking.size());
    for (Candidate candidate : ranking) {
      Standing standing = new Standing(ranked.size() + 1, candidate.score());
      ranked.add(
          new Fused(
              candidate.id(),
              candidate.score(),
              lexical ? standing : null,
              lexical ? null : standing));
    }
    return ranked;
  }
}
