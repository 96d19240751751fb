package dev.ragstream.core;

import dev.ragstream.core.Passage.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Small values of the vocabulary, and a tokenizer that can be followed by eye. */
public final class Samples {

  private Samples() {}

  /** As many tokens as there are words. */
  public static int words(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+").length;
  }

  public static Chunk chunk(String id, String title, String text) {
    return new Chunk(id, id.replaceAll("#.*", ""), title, text, Map.of());
  }

  /** A passage that BM25 found. */
  public static Passage passage(int n, String id, String title, String text) {
    return new Passage(n, chunk(id, title, text), 1.0 / (60 + n), new Standing(n, 10.0 - n), null);
  }

  /** Passages without titles, numbered from 1, from {@code a.md}, {@code b.md} and so on. */
  public static List<Passage> passages(String... texts) {
    List<Passage> passages = new ArrayList<>();
    for (String text : texts) {
      int n = passages.size() + 1;
      passages.add(passage(n, (char) ('a' + n - 1) + ".md#0", "", text));
    }
    return passages;
  }

  public static Retrieval.Options options(int topK) {
    return new Retrieval.Options(
        Retrieval.Mode.HYBRID, topK, 50, Double.NEGATIVE_INFINITY, Filter.NONE);
  }

  public static Retrieval retrieval(List<Passage> passages) {
    return new Retrieval("rain?", options(5), passages, Duration.ofMillis(12));
  }

  public static Excerpt excerpt(Passage passage) {
    return new Excerpt(passage, passage.chunk().text());
  }

  /** A pipeline that always finds the one passage {@code It rains.}, to run a model through. */
  public static Pipeline pipeline(ChatModel model) {
    return new Pipeline(
        (_, _, _) -> retrieval(passages("It rains.")),
        options(1),
        new PromptBuilder(FixedTemplate.STANDARD, Samples::words, 4096, 1024),
        model);
  }
}
