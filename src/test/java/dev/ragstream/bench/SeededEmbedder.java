package dev.ragstream.bench;

import dev.ragstream.core.Embedder;
import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.TokenSpans;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Knows the vectors of its questions, so that a measurement holds no inference. */
record SeededEmbedder(Map<String, float[]> questions) implements Embedder {

  @Override
  public EmbeddingModel model() {
    return SeededCorpus.MODEL;
  }

  @Override
  public List<float[]> embedPassages(List<String> texts) {
    throw new UnsupportedOperationException();
  }

  @Override
  public float[] embedQuestion(String text) {
    return Objects.requireNonNull(questions.get(text));
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
    return 1;
  }

  @Override
  public void close() {}
}
