package dev.ragstream.embed;

import ai.onnxruntime.OrtException;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * A model's tokenizer, loaded from the moment that this is made, and its weights, loaded beside it
 * when they are first called for. Whoever wants one of them waits for that one alone.
 */
final class LoadedModel implements AutoCloseable {

  private final BundledModel model;
  private final ResourceCache cache;
  private final NativeCode nativeCode;
  private final CompletableFuture<WordPieces> wordPieces;
  private final Map<Use, CompletableFuture<Inference>> inferences = new EnumMap<>(Use.class);

  LoadedModel(BundledModel model, ResourceCache cache) {
    this.model = model;
    this.cache = cache;
    this.nativeCode = new NativeCode(cache);
    this.wordPieces = begin(this::loadWordPieces);
  }

  /**
   * The tokenizer.
   *
   * @throws FailureException of kind {@code EMBEDDING} if it could not be loaded
   */
  WordPieces wordPieces() {
    return await(wordPieces);
  }

  /** Begins to load the weights, unless that was begun before. */
  void prepare(Use use) {
    var _ = loading(use);
  }

  /**
   * The weights, ready to run.
   *
   * @throws FailureException of kind {@code EMBEDDING} if they could not be loaded
   */
  Inference inference(Use use) {
    return await(loading(use));
  }

  /**
   * Frees what was loaded, and waits for what still is being loaded: a process that ends in the
   * middle of it dies in native code.
   */
  @Override
  public void close() {
    Stream<CompletableFuture<?>> freed;
    synchronized (inferences) {
      freed =
          Stream.concat(
              Stream.of(wordPieces.thenAccept(WordPieces::close)),
              inferences.values().stream().map(each -> each.thenAccept(Inference::close)));
    }
    CompletableFuture.allOf(freed.toArray(CompletableFuture<?>[]::new))
        .exceptionally(_ -> null) // whoever wanted the model was told
        .join();
  }

  private CompletableFuture<Inference> loading(Use use) {
    synchronized (inferences) {
      return inferences.computeIfAbsent(use, _ -> begin(() -> loadInference(use)));
    }
  }

  private WordPieces loadWordPieces() throws IOException {
    nativeCode.loadTokenizers();
    TokenizerJson json = new TokenizerJson(cache, model.model().name(), model.tokenizerResource());
    try {
      return new WordPieces(json.kept());
    } catch (IOException | RuntimeException unfit) {
      return new WordPieces(json.original());
    }
  }

  private Inference loadInference(Use use) throws IOException, OrtException {
    nativeCode.locateOnnxRuntime();
    ModelSession session =
        new OptimisedModel(cache, model.model().name(), model.onnxResource()).open(use);
    return new Inference(session, model.pooling(), model.dimensions());
  }

  private <T> CompletableFuture<T> begin(Callable<T> load) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("load-" + model.model().name())
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
                + model.model().name()
                + " could not be loaded: "
                + cause.getMessage(),
            "check that this system is a 64-bit Linux, macOS on ARM or Windows, and that the"
                + " temporary folder has room; or set retrieval.mode to \"lexical\""),
        cause);
  }

  private static <T> T await(CompletableFuture<T> loading) {
    try {
      return loading.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof FailureException failure ? failure : e;
    }
  }
}
