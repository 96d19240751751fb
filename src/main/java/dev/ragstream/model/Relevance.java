package dev.ragstream.model;

import dev.ragstream.core.Embedder;
import dev.ragstream.core.FailureException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Says how well statements answer a question, on a scale that does not depend on the embedding
 * model: 0 is as near as a sentence about something else, 1 is identical. Some models put unrelated
 * texts at a cosine of 0.05, others at 0.7, so each question is also compared with sentences that
 * have nothing to do with it, a cohort, and their mean is taken for zero (the score normalisation
 * of speaker verification: Auckenthaler, Carey and Lloyd-Thomas 2000).
 */
final class Relevance {

  private static final List<String> COHORT =
      List.of(
          "The committee approved the minutes of its last meeting.",
          "She painted the old door in a dark shade of green.",
          "The second chapter compares three kinds of proof.",
          "Copper melts at a lower temperature than iron.");

  private static final List<String> CHINESE_COHORT =
      List.of("委员会通过了上次会议的记录。", "她把旧门漆成了深绿色。", "第二章比较了三种证明方法。", "铜的熔点比铁低。");

  private final Embedder embedder;

  Relevance(Embedder embedder) {
    this.embedder = embedder;
  }

  /** The relevance of a question's statements, by their indexes. */
  static final class Scale {

    private final double zero;
    private final float[] question;
    private final List<float[]> vectors;

    /**
     * @param zero the cosine that counts as no relevance at all
     * @param vectors one for each statement
     */
    private Scale(double zero, float[] question, List<float[]> vectors) {
      this.zero = zero;
      this.question = question;
      this.vectors = vectors;
    }

    double ofQuestionTo(int i) {
      return normal(cosine(question, vectors.get(i)));
    }

    double between(int i, int j) {
      return normal(cosine(vectors.get(i), vectors.get(j)));
    }

    private double normal(double cosine) {
      return Math.max(0, (cosine - zero) / (1 - zero));
    }
  }

  Scale scale(String question, List<Statement> statements) throws InterruptedException {
    List<String> cohort = Words.ideographic(question) ? CHINESE_COHORT : COHORT;
    List<String> texts = new ArrayList<>(cohort);
    statements.forEach(statement -> texts.add(statement.searchableText()));
    List<float[]> vectors = embed(texts);
    float[] asked = embedder.embedQuestion(question);
    double zero =
        vectors.subList(0, cohort.size()).stream()
            .mapToDouble(unrelated -> cosine(asked, unrelated))
            .average()
            .orElse(0);
    return new Scale(zero, asked, vectors.subList(cohort.size(), vectors.size()));
  }

  private List<float[]> embed(List<String> texts) throws InterruptedException {
    int workers = Math.max(1, embedder.concurrency());
    int size =
        Math.clamp(Math.ceilDiv(texts.size(), workers), 1, Math.max(1, embedder.batchSize()));
    List<Callable<List<float[]>>> batches = new ArrayList<>();
    for (int from = 0; from < texts.size(); from += size) {
      List<String> batch = texts.subList(from, Math.min(texts.size(), from + size));
      batches.add(() -> embedder.embedPassages(batch));
    }
    try (ExecutorService pool =
        Executors.newFixedThreadPool(workers, Thread.ofVirtual().factory())) {
      List<float[]> vectors = new ArrayList<>();
      for (Future<List<float[]>> batch : pool.invokeAll(batches)) {
        vectors.addAll(batch.get());
      }
      return vectors;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FailureException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
    }
    return dot;
  }
}
