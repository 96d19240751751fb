package dev.ragstream.core;

import java.util.List;

/** Embeds questions, all to the same vector, and counts them. */
final class QuestionEmbedder implements Embedder {

  static final EmbeddingModel MODEL = new EmbeddingModel("constant", 2);

  int questions;

  @Override
  public EmbeddingModel model() {
    return MODEL;
  }

  @Override
  public float[] embedQuestion(String text) {
    questions++;
    return new float[] {1, 0};
  }

  @Override
  public List<float[]> embedPassages(List<String> texts) {
    throw new UnsupportedOperationException();
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
