package dev.ragstream.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Embedder;
import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.TokenSpans;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachingEmbedderTest implements EmbedderContract {

  @TempDir static Path shared;
  private static Embedder real;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    real = caching(TestModels.load(BundledModel.BGE_SMALL_EN), "", shared);
  }

  @AfterAll
  static void close() {
    real.close();
  }

  @Override
  public Embedder embedder() {
    return real;
  }

  @Test
  void onlyWhatIsNewIsEmbedded() {
    Counting first = new Counting("model");
    try (Embedder embedder = caching(first, "", folder)) {
      embedder.embedPassages(List.of("a", "bb", "a"));
      embedder.embedPassages(List.of("bb", "ccc"));
    }
    Counting second = new Counting("model");
    try (Embedder embedder = caching(second, "", folder)) {
      assertThat(embedder.embedPassages(List.of("ccc", "dddd", "a")))
          .containsExactly(new float[] {3, 1}, new float[] {4, 1}, new float[] {1, 1});
    }
    assertThat(first.embedded).containsExactly("a", "bb", "ccc");
    assertThat(second.embedded).containsExactly("dddd");
  }

  @Test
  void anotherModelOrPrefixIsAnotherVector() {
    for (String prefix : List.of("", "passage: ")) {
      for (String name : List.of("model", "other")) {
        Counting counting = new Counting(name);
        try (Embedder embedder = caching(counting, prefix, folder)) {
          embedder.embedPassages(List.of("a"));
        }
        assertThat(counting.embedded).containsExactly("a");
      }
    }
  }

  @Test
  void closingClosesTheEmbedder() {
    Counting counting = new Counting("model");

    caching(counting, "", folder).close();

    assertThat(counting.closed).isTrue();
  }

  private static Embedder caching(Embedder embedder, String prefix, Path folder) {
    VectorCache cache =
        new VectorCache(
            folder.resolve("vectors.db"),
            notice -> {
              throw new AssertionError(notice);
            });
    return new CachingEmbedder(embedder, prefix, cache);
  }

  /** Embeds a text as its length, and remembers that it did. */
  private static final class Counting implements Embedder {

    private final String name;
    private final List<String> embedded = new ArrayList<>();
    private boolean closed;

    private Counting(String name) {
      this.name = name;
    }

    @Override
    public EmbeddingModel model() {
      return new EmbeddingModel(name, 2);
    }

    @Override
    public List<float[]> embedPassages(List<String> texts) {
      embedded.addAll(texts);
      return texts.stream().map(this::embedQuestion).toList();
    }

    @Override
    public float[] embedQuestion(String text) {
      return new float[] {text.length(), 1};
    }

    @Override
    public TokenSpans tokens(String text) {
      return new TokenSpans(new int[0], new int[0]);
    }

    @Override
    public int maxTokens() {
      return 1;
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
    public void close() {
      closed = true;
    }
  }
}
