package dev.ragstream.ingest;

import dev.ragstream.core.Chunk;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.StoredDocument;
import dev.ragstream.ingest.IndexEvent.Outcome;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From a file to chunks that are ready to be embedded, or to the reason why there are none. */
final class Preparation {

  private final FileLoader loader;
  private final Readers readers;
  private final Chunker chunker;
  private final Map<String, StoredDocument> stored;

  Preparation(
      FileLoader loader, Readers readers, Chunker chunker, Map<String, StoredDocument> stored) {
    this.loader = loader;
    this.readers = readers;
    this.chunker = chunker;
    this.stored = stored;
  }

  /** What came of a file. */
  sealed interface Prepared {

    /** Nothing is to be done for it. */
    record Nothing(Outcome outcome) implements Prepared {}

    /** Its chunks are to be put in the place of what the store has. */
    record Ready(StoredDocument document, List<Chunk> chunks, Outcome.Indexed outcome)
        implements Prepared {}
  }

  /**
   * Never throws for what is wrong with a file: one bad file does not end a run.
   *
   * @throws FailureException of another kind than {@code DOCUMENT}, which every file would meet
   */
  Prepared prepare(Found found) {
    try {
      return read(loader.load(found));
    } catch (FailureException e) {
      if (e.failure().kind() != Failure.Kind.DOCUMENT) {
        throw e;
      }
      return new Prepared.Nothing(new Outcome.Failed(e.failure()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return new Prepared.Nothing(new Outcome.Failed(unforeseen(found, e)));
    }
  }

  private Prepared read(SourceFile file) {
    String fingerprint = fingerprint(file);
    @Nullable StoredDocument before = stored.get(file.source());
    if (before != null && before.fingerprint().equals(fingerprint)) {
      return new Prepared.Nothing(new Outcome.Unchanged());
    }
    return switch (readers.read(file)) {
      case Skipped skipped -> new Prepared.Nothing(new Outcome.Skipped(skipped.reason()));
      case Reading.Read(Document document) -> {
        List<Chunk> chunks = chunker.chunks(file.source(), document);
        yield chunks.isEmpty()
            ? new Prepared.Nothing(new Outcome.Skipped("it holds no text"))
            : new Prepared.Ready(
                new StoredDocument(file.source(), fingerprint, chunks.size()),
                chunks,
                new Outcome.Indexed(chunks.size(), before != null, document.warnings()));
      }
    };
  }

  private String fingerprint(SourceFile file) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return String.join(
          " ",
          HexFormat.of().formatHex(sha.digest(file.bytes())),
          readers.fingerprint(),
          chunker.fingerprint());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java runtime has SHA-256", e);
    }
  }

  private static Failure unforeseen(Found found, Throwable e) {
    return new Failure(
        Failure.Kind.DOCUMENT,
        found.source() + " cannot be read: " + e,
        "leave it out with ingest.exclude, and report it");
  }
}
