package dev.ragstream.embed;

import ai.onnxruntime.OrtException;
import dev.ragstream.core.Embedder;
import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.TokenSpans;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BundledModel}, run in process. Loading begins with the first call that needs it, or with
 * {@link #warmUp()}; the tokenizer and the weights come in side by side, and a call waits only for
 * what it needs.
 */
public final class OnnxEmbedder implements Embedder {

  private final BundledModel bundled;
  private final ResourceCache cache;
  private final NativeCode nativeCode;
  private @Nullable Parts parts;

  /**
   * @param cache the folder that native code and weights are unpacked into at the very first start;
   *     any number of processes may share it
   */
  public OnnxEmbedder(BundledModel bundled, Path cache) {
    this.bundled = bundled;
    this.cache = new ResourceCache(cache);
    this.nativeCode = new NativeCode(this.cache);
  }

  /** Begins to load the model and returns at once. */
  public void warmUp() {
    parts();
  }

  @Override
  public EmbeddingModel model() {
    return bundled.model();
  }

  @Override
  public List<float[]> embedPassages(List<String> texts) {
    return texts.stream().map(text -> embed(bundled.passagePrefix() + text)).toList();
  }

  @Override
  public float[] embedQuestion(String text) {
    return embed(bundled.questionPrefix() + text);
  }

  @Override
  public TokenSpans tokens(String text) {
    return await(parts().wordPieces).spans(text);
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

  @Override
  public synchronized void close() {
    if (parts != null) {
      await(parts.wordPieces).close();
      await(parts.inference).close();
      parts = null;
    }
  }

  private float[] embed(String text) {
    Parts loading = parts();
    long[] ids = await(loading.wordPieces).ids(text, BundledModel.POSITIONS);
    return await(loading.inference).embed(ids);
  }

  private synchronized Parts parts() {
    if (parts == null) {
      parts = new Parts(begin(this::loadWordPieces), begin(this::loadInference));
    }
    return parts;
  }

  private WordPieces loadWordPieces() throws IOException {
    nativeCode.loadTokenizers();
    String resource = "/" + bundled.tokenizerResource();
    try (InputStream in = OnnxEmbedder.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no jar on the class path holds " + resource);
      }
      return new WordPieces(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private Inference loadInference() throws IOException, OrtException {
    nativeCode.locateOnnxRuntime();
    String resource = bundled.onnxResource();
    Path weights = cache.unpack(bundled.model().name(), List.of(resource)).resolve(resource);
    return new Inference(weights, bundled.pooling(), bundled.dimensions());
  }

  private <T> CompletableFuture<T> begin(Callable<T> load) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("load-embedding-model")
        .daemon()
        .start(() -> {
          try {
            result.complete(load.call());
          } catch (Exception | LinkageError e) {
            result.completeExceptionally(unloadable(e));
          }
        });
    return result;
  }

  private FailureException unloadable(Throwable cause) {
    return new FailureException(
        new Failure(
            Failure.Kind.EMBEDDING,
            "the embedding model "
                + bundled.model().name()
                + " could not be loaded: "
                + cause.getMessage(),
            "check that this system is supported (Linux, macOS on ARM, Windows; 64 bits) and that"
                + " the temporary folder can be written"),
        cause);
  }

  private static <T> T await(CompletableFuture<T> loading) {
    try {
      return loading.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof FailureException failure ? failure : e;
    }
  }

  private record Parts(
      CompletableFuture<WordPieces> wordPieces, CompletableFuture<Inference> inference) {}
}
