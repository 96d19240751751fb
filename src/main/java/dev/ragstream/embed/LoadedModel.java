package dev.ragstream.embed;

import ai.onnxruntime.OrtException;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A model's tokenizer and weights, loaded side by side from the moment that this is made. Whoever
 * wants one of them waits for that one alone.
 */
final class LoadedModel implements AutoCloseable {

  private final BundledModel model;
  private final ResourceCache cache;
  private final NativeCode nativeCode;
  private final CompletableFuture<WordPieces> wordPieces;
  private final CompletableFuture<Inference> inference;

  LoadedModel(BundledModel model, ResourceCache cache) {
    this.model = model;
    this.cache = cache;
    this.nativeCode = new NativeCode(cache);
    this.wordPieces = begin(this::loadWordPieces);
    this.inference = begin(this::loadInference);
  }

  /**
   * The tokenizer.
   *
   * @throws FailureException of kind {@code EMBEDDING} if it could not be loaded
   */
  WordPieces wordPieces() {
    return await(wordPieces);
  }

  /**
   * The weights, ready to run.
   *
   * @throws FailureException of kind {@code EMBEDDING} if they could not be loaded
   */
  Inference inference() {
    return await(inference);
  }

  /**
   * Frees what was loaded, and waits for what still is being loaded: a process that ends in the
   * middle of it dies in native code.
   */
  @Override
  public void close() {
    CompletableFuture.allOf(
            wordPieces.thenAccept(WordPieces::close), inference.thenAccept(Inference::close))
        .exceptionally(_ -> null) // whoever wanted the model was told
        .join();
  }

  private WordPieces loadWordPieces() throws IOException {
    nativeCode.loadTokenizers();
    String resource = "/" + model.tokenizerResource();
    try (InputStream in = LoadedModel.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no jar on the class path holds " + resource);
      }
      return new WordPieces(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private Inference loadInference() throws IOException, OrtException {
    nativeCode.locateOnnxRuntime();
    ModelSession session =
        new OptimisedModel(cache, model.model().name(), model.onnxResource()).open();
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
