package dev.ragstream.model;

import dev.ragstream.core.Embedder;
import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.TokenSpans;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Hashes each word, and each ideograph, to one of many dimensions. */
final class WordEmbedder implements Embedder {

  private static final int DIMENSIONS = 4096;

  final AtomicInteger passagesEmbedded = new AtomicInteger();

  @Override
  public EmbeddingModel model() {
    return new EmbeddingModel("words", DIMENSIONS);
  }

  @Override
  public List<float[]> embedPassages(List<String> texts) {
    passagesEmbedded.addAndGet(texts.size());
    return texts.stream().map(this::embedQuestion).toList();
  }

  @Override
  public float[] embedQuestion(String text) {
    float[] vector = new float[DIMENSIONS];
    Words.of(text).words().forEach(word -> vector[Math.floorMod(word.hashCode(), DIMENSIONS)]++);
    double norm = 0;
    for (float value : vector) {
      norm += value * value;
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= (float) Math.sqrt(Math.max(1, norm));
    }
    return vector;
  }

  @Override
  public TokenSpans tokens(String text) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int maxTokens() {
    return 512;
  }

  @Override
  public int batchSize() {
    return 1;
  }

  @Override
  public int concurrency() {
    return 2;
  }

  @Override
  public void close() {}
}
