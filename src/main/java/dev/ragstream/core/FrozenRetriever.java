package dev.ragstream.core;

import java.time.Duration;
import java.util.List;

/**
 * Finds what was found once, whatever the store holds by now. How many passages the prompt may hold
 * and how low they may score is up to whoever asks; all else is as it was.
 */
public record FrozenRetriever(Retrieval found) implements Retriever {

  @Override
  public Retrieval retrieve(String query, Retrieval.Options options, int limit) {
    Retrieval.Options then = found.options();
    List<Passage> passages = found.passages();
    return new Retrieval(
        found.query(),
        new Retrieval.Options(
            then.mode(), options.topK(), then.candidates(), options.minScore(), then.where()),
        passages.subList(0, Math.min(limit, passages.size())),
        Duration.ZERO);
  }
}
