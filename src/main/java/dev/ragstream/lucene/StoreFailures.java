package dev.ragstream.lucene;

import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;

/** The words for what goes wrong with a store. */
final class StoreFailures {

  private StoreFailures() {}

  static FailureException unreadable(Path folder, IOException cause) {
    String remedy =
        switch (cause) {
          case IndexFormatTooNewException _ ->
              "use the newer ragstream that wrote it, or rebuild it with 'ragstream index --rebuild PATH'";
          case IndexFormatTooOldException _ -> "rebuild it with 'ragstream index --rebuild PATH'";
          case CorruptIndexException _ ->
              "rebuild it with 'ragstream index --rebuild PATH'; vectors already computed are reused";
          case IOException _ -> "check that the folder is there and may be read";
        };
    return new FailureException(
        new Failure(
            Failure.Kind.STORE,
            "the index at " + folder + " cannot be read: " + reason(cause),
            remedy),
        cause);
  }

  static FailureException unwritable(Path folder, IOException cause) {
    return new FailureException(
        new Failure(
            Failure.Kind.STORE,
            "the index at " + folder + " cannot be written: " + reason(cause),
            "check free space and permissions there; what was committed is kept, and the next run goes on from it"),
        cause);
  }

  static FailureException otherModel(Path folder, EmbeddingModel built, EmbeddingModel wanted) {
    return new FailureException(
        Failure.Kind.STORE_MISMATCH,
        "the index at "
            + folder
            + " was built with the embedding model "
            + built
            + ", and the settings name "
            + wanted,
        "run 'ragstream index --rebuild PATH', or set embedding.model: " + built.name());
  }

  private static String reason(IOException cause) {
    return Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
  }
}
