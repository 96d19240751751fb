package dev.ragstream.embed;

import dev.ragstream.core.Embedder;
import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.TokenSpans;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BundledModel}, run in process. It is loaded by the first call that needs it, or ahead of
 * that by {@link #warmUp()}.
 */
public final class OnnxEmbedder implements Embedder {

  private final BundledModel bundled;
  private final ResourceCache cache;
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private final PlatformThreads threads;
  private volatile boolean closed;
  private @Nullable LoadedModel loaded;

  /**
   * Returns at once; nothing is loaded yet.
   *
   * @param cache the folder that native code is unpacked into, and the model optimised into, at the
   *     very first start; any number of processes may share it
   */
  public OnnxEmbedder(BundledModel bundled, Path cache) {
    this.bundled = bundled;
    this.cache = new ResourceCache(cache);
    this.threads = new PlatformThreads("embed-" + bundled.model().name(), concurrency());
  }

  @Override
  public void warmUp() {
    with(model -> {
      model.prepare(Use.QUESTIONS);
      return model;
    });
  }

  @Override
  public EmbeddingModel model() {
    return bundled.model();
  }

  /** Text beyond {@link #maxTokens()} is not seen; it does not fail. */
  @Override
  public List<float[]> embedPassages(List<String> texts) {
    return texts.stream()
        .map(text -> apart(() -> embed(bundled.passagePrefix() + text, Use.PASSAGES)))
        .toList();
  }

  @Override
  public float[] embedQuestion(String text) {
    return apart(() -> embed(bundled.questionPrefix() + text, Use.QUESTIONS));
  }

  @Override
  public TokenSpans tokens(String text) {
    return with(model -> model.wordPieces().spans(text));
  }

  @Override
  public int maxTokens() {
    return bundled.maxTokens();
  }

  /** One: batches are not faster, and change the vectors. */
  @Override
  public int batchSize() {
    return 1;
  }

  /** One call for each processor, since a run uses one thread. */
  @Override
  public int concurrency() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Waits for the calls that are under way: the native code must not vanish beneath them. */
  @Override
  public void close() {
    threads.close();
    use.writeLock().lock();
    try {
      if (loaded != null && !closed) {
        loaded.close();
      }
      closed = true;
    } finally {
      use.writeLock().unlock();
    }
  }

  /**
   * Native code holds on to its thread. A virtual one would hold up all others by that, so it hands
   * the call over, and stops waiting for it when it is interrupted.
   */
  private <T> T apart(Supplier<T> call) {
    return Thread.currentThread().isVirtual() ? threads.call(call) : call.get();
  }

  private float[] embed(String text, Use use) {
    return with(model -> {
      model.prepare(use);
      long[] ids = model.wordPieces().ids(text, BundledModel.POSITIONS);
      return model.inference(use).embed(ids);
    });
  }

  private <T> T with(Function<LoadedModel, T> call) {
    use.readLock().lock();
    try {
      return call.apply(loaded());
    } finally {
      use.readLock().unlock();
    }
  }

  private synchronized LoadedModel loaded() {
    if (closed) {
      throw new IllegalStateException("the embedding model " + model().name() + " is closed");
    }
    if (loaded == null) {
      loaded = new LoadedModel(bundled, cache);
    }
    return loaded;
  }
}
