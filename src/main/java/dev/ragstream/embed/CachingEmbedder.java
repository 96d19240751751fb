package dev.ragstream.embed;

import dev.ragstream.core.Embedder;
import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.TextRefusedException;
import dev.ragstream.core.TokenSpans;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Embeds only the passages whose vectors are not in a {@link VectorCache}. */
public final class CachingEmbedder implements Embedder {

  private final Embedder embedder;
  private final String passagePrefix;
  private final VectorCache cache;

  /**
   * Takes over both: {@link #close()} closes them.
   *
   * @param passagePrefix what the embedder puts before a passage; a part of what is remembered
   */
  public CachingEmbedder(Embedder embedder, String passagePrefix, VectorCache cache) {
    this.embedder = embedder;
    this.passagePrefix = passagePrefix;
    this.cache = cache;
  }

  @Override
  public EmbeddingModel model() {
    return embedder.model();
  }

  @Override
  public List<float[]> embedPassages(List<String> texts) {
    EmbeddingModel model = model();
    List<VectorKey> keys =
        texts.stream().map(text -> VectorKey.of(model.name(), passagePrefix + text)).toList();
    Map<VectorKey, float[]> vectors = new HashMap<>();
    Map<VectorKey, String> missing = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      float[] vector = cache.find(keys.get(i), model.dimensions());
      if (vector == null) {
        missing.put(keys.get(i), texts.get(i));
      } else {
        vectors.put(keys.get(i), vector);
      }
    }
    if (!missing.isEmpty()) {
      vectors.putAll(embedAndKeep(missing, keys));
    }
    return keys.stream().map(key -> Objects.requireNonNull(vectors.get(key))).toList();
  }

  @Override
  public float[] embedQuestion(String text) {
    return embedder.embedQuestion(text);
  }

  @Override
  public TokenSpans tokens(String text) {
    return embedder.tokens(text);
  }

  @Override
  public int maxTokens() {
    return embedder.maxTokens();
  }

  @Override
  public int batchSize() {
    return embedder.batchSize();
  }

  @Override
  public int concurrency() {
    return embedder.concurrency();
  }

  @Override
  public void close() {
    try (embedder;
        cache) {
      // Both are closed, whatever the other one does.
    }
  }

  /**
   * @param keys of all texts that were asked for
   */
  private Map<VectorKey, float[]> embedAndKeep(
      Map<VectorKey, String> missing, List<VectorKey> keys) {
    List<float[]> computed;
    try {
      computed = embedder.embedPassages(new ArrayList<>(missing.values()));
    } catch (TextRefusedException e) {
      VectorKey refused = List.copyOf(missing.keySet()).get(e.index());
      throw new TextRefusedException(keys.indexOf(refused), e.failure());
    }
    Map<VectorKey, float[]> vectors = new HashMap<>();
    for (VectorKey key : missing.keySet()) {
      float[] vector = computed.get(vectors.size());
      cache.keep(key, vector);
      vectors.put(key, vector);
    }
    return vectors;
  }
}
