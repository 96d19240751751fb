package dev.ragstream.lucene;

import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;

/** The words for what goes wrong with a store. */
final class StoreFailures {

  private static final String REBUILD = "rebuild it with 'ragstream index --rebuild PATH'";

  private StoreFailures() {}

  static FailureException missing(Path folder) {
    return new FailureException(
        Failure.Kind.STORE_MISSING,
        "there is no index at " + folder,
        "run 'ragstream index PATH' first, or point store.path at an existing index");
  }

  static FailureException unreadable(Path folder, IOException cause) {
    if (!Files.isDirectory(folder)) {
      return missing(folder);
    }
    String remedy =
        switch (cause) {
          case IndexFormatTooNewException _ ->
              "use the newer ragstream that wrote it, or " + REBUILD;
          case IndexFormatTooOldException _ -> REBUILD;
          case CorruptIndexException _,
              EOFException _,
              FileNotFoundException _,
              NoSuchFileException _ ->
              REBUILD + "; vectors already computed are reused";
          case IOException _ -> "check that the folder is there and may be read";
        };
    return new FailureException(
        new Failure(
            Failure.Kind.STORE,
            "the index at " + folder + " cannot be read: " + reason(cause),
            remedy),
        cause);
  }

  static FailureException unwritable(Path folder, Throwable cause) {
    return new FailureException(
        new Failure(
            Failure.Kind.STORE,
            "the index at " + folder + " cannot be written: " + reason(cause),
            "check free space and permissions there; what was committed is kept, and the next run"
                + " goes on from it"),
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

  /** What Lucene or the operating system says; some exceptions hold nothing but a file's name. */
  private static String reason(Throwable cause) {
    return switch (cause) {
      case AccessDeniedException denied -> "permission denied: " + denied.getMessage();
      case NoSuchFileException missing -> "there is no file " + missing.getMessage();
      default -> Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    };
  }
}
