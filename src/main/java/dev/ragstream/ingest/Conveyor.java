package dev.ragstream.ingest;

import dev.ragstream.core.Chunk;
import dev.ragstream.core.Embedder;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.TextRefusedException;
import dev.ragstream.ingest.IndexEvent.Outcome;
import dev.ragstream.ingest.Preparation.Prepared;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Carries files through preparation and embedding to the one thread that writes, in order. A thread
 * of its own prepares, a pool embeds, and a bounded queue between them and the writer keeps memory
 * small: whoever is ahead waits.
 */
final class Conveyor implements AutoCloseable {

  /** Batches in flight for each embedding thread: enough that none ever waits for the next. */
  private static final int AHEAD = 16;

  private final BlockingQueue<Step> steps;
  private final ExecutorService embedding;
  private final FutureTask<Void> preparing;
  private final Embedder embedder;
  private final long bytes;

  Conveyor(List<Finding> findings, Preparation preparation, Embedder embedder) {
    this.embedder = embedder;
    this.steps = new ArrayBlockingQueue<>(AHEAD * embedder.concurrency());
    this.embedding =
        Executors.newFixedThreadPool(
            embedder.concurrency(), Thread.ofPlatform().name("embed-", 0).daemon().factory());
    List<Work> works = findings.stream().map(Work::of).toList();
    this.bytes = works.stream().mapToLong(Work::bytes).sum();
    this.preparing =
        new FutureTask<>(() -> {
          prepareAll(works, preparation);
          return null;
        });
    Thread.ofPlatform().name("prepare").daemon().start(preparing);
  }

  /** A file and its size when it was found; it may grow before its turn comes. */
  private record Work(Finding finding, long bytes) {
    static Work of(Finding finding) {
      return new Work(finding, finding instanceof Found found ? found.path().toFile().length() : 0);
    }
  }

  /** What the writer has to do next. */
  sealed interface Step {

    record Nothing(String source, Outcome outcome, long bytes) implements Step {}

    record Begin(String source) implements Step {}

    /**
     * Some chunks of the document that was begun.
     *
     * @param bytesSoFar of its file, in proportion to the chunks up to here
     */
    record Batch(List<Chunk> chunks, Future<List<float[]>> embedded, long bytesSoFar)
        implements Step {

      /** Waits for the vectors. */
      List<float[]> vectors() throws InterruptedException {
        return await(embedded);
      }
    }

    record Complete(Prepared.Ready ready, long bytes) implements Step {}

    record End() implements Step {}
  }

  long bytes() {
    return bytes;
  }

  /**
   * Waits for the next step.
   *
   * @throws FailureException where the preparation broke off
   */
  Step take() throws InterruptedException {
    Step step = steps.take();
    if (step instanceof Step.End) {
      await(preparing);
    }
    return step;
  }

  @Override
  public void close() {
    preparing.cancel(true);
    embedding.shutdownNow();
    embedding.close();
  }

  private static <T> T await(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FailureException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void prepareAll(List<Work> works, Preparation preparation) throws InterruptedException {
    try {
      for (Work work : works) {
        switch (work.finding()) {
          case Skipped(String source, String reason) ->
              steps.put(new Step.Nothing(source, new Outcome.Skipped(reason), 0));
          case Found found -> prepare(found, work.bytes(), preparation);
        }
      }
    } finally {
      steps.put(new Step.End());
    }
  }

  private void prepare(Found found, long size, Preparation preparation)
      throws InterruptedException {
    switch (preparation.prepare(found)) {
      case Prepared.Nothing(Outcome outcome) ->
          steps.put(new Step.Nothing(found.source(), outcome, size));
      case Prepared.Ready ready -> {
        steps.put(new Step.Begin(found.source()));
        int count = ready.chunks().size();
        for (int from = 0; from < count; from += embedder.batchSize()) {
          int to = Math.min(count, from + embedder.batchSize());
          steps.put(batch(ready.chunks().subList(from, to), size * to / count));
        }
        steps.put(new Step.Complete(ready, size));
      }
    }
  }

  private List<float[]> embed(List<Chunk> chunks, List<String> texts) {
    try {
      return embedder.embedPassages(texts);
    } catch (TextRefusedException e) {
      Failure failure = e.failure();
      throw new FailureException(
          failure.kind(),
          chunks.get(e.index()).id() + " cannot be embedded: " + failure.problem(),
          failure.remedy());
    }
  }

  private Step.Batch batch(List<Chunk> chunks, long bytesSoFar) {
    List<String> texts = new ArrayList<>(chunks.size());
    for (Chunk chunk : chunks) {
      texts.add(chunk.searchableText());
    }
    return new Step.Batch(chunks, embedding.submit(() -> embed(chunks, texts)), bytesSoFar);
  }
}
