package dev.ragstream.ingest;

import dev.ragstream.core.Embedder;
import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.TokenSpans;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Vectors that follow from a hash of the text; remembers what it embedded. */
final class HashedEmbedder implements Embedder {

  private final List<String> embedded = Collections.synchronizedList(new ArrayList<>());
  private final EmbeddingModel model;
  private final Consumer<String> before;

  HashedEmbedder() {
    this(_ -> {});
  }

  /**
   * An embedder that a test breaks into.
   *
   * @param before sees each text before it is embedded, on the embedding thread
   */
  HashedEmbedder(Consumer<String> before) {
    this(new EmbeddingModel("hashed", 8), before);
  }

  HashedEmbedder(EmbeddingModel model, Consumer<String> before) {
    this.model = model;
    this.before = before;
  }

  /** The texts that were embedded, in the order in which it was done. */
  List<String> embedded() {
    return List.copyOf(embedded);
  }

  @Override
  public EmbeddingModel model() {
    return model;
  }

  @Override
  public List<float[]> embedPassages(List<String> texts) {
    return texts.stream().map(this::embedPassage).toList();
  }

  private float[] embedPassage(String text) {
    before.accept(text);
    embedded.add(text);
    return embedQuestion(text);
  }

  @Override
  public float[] embedQuestion(String text) {
    Random random = new Random(text.hashCode());
    float[] vector = new float[model.dimensions()];
    double square = 0;
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
      square += vector[i] * vector[i];
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= (float) Math.sqrt(square);
    }
    return vector;
  }

  @Override
  public TokenSpans tokens(String text) {
    return Words.tokens(text);
  }

  @Override
  public int maxTokens() {
    return 512;
  }

  @Override
  public int batchSize() {
    return 2;
  }

  @Override
  public int concurrency() {
    return 2;
  }

  @Override
  public void close() {}
}
