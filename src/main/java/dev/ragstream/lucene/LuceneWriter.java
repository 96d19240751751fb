package dev.ragstream.lucene;

import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.Failure;
import dev.ragstream.core.PassageWriter;
import dev.ragstream.core.StoredDocument;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.ThreadInterruptedException;

/**
 * The one writer of an index. A commit is Lucene's own: all of it or nothing, whatever happens
 * meanwhile.
 */
final class LuceneWriter implements PassageWriter {

  /** Enough to write few segments, little enough for a small heap. */
  private static final double BUFFER_MB = 48;

  private final IndexFolder folder;
  private final EmbeddingModel model;
  private final WriterLock lock;
  private final Directory directory;
  private final IndexWriter writer;

  private LuceneWriter(
      IndexFolder folder,
      EmbeddingModel model,
      WriterLock lock,
      Directory directory,
      IndexWriter writer) {
    this.folder = folder;
    this.model = model;
    this.lock = lock;
    this.directory = directory;
    this.writer = writer;
  }

  static LuceneWriter open(IndexFolder folder, EmbeddingModel model, boolean rebuild) {
    try {
      if (rebuild) {
        folder.removeIfDamaged();
      }
      folder.create();
      WriterLock lock = WriterLock.take(folder.path());
      try {
        return open(folder, model, rebuild, lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw StoreFailures.unwritable(folder.path(), e);
    }
  }

  private static LuceneWriter open(
      IndexFolder folder, EmbeddingModel model, boolean rebuild, WriterLock lock)
      throws IOException {
    Directory directory = folder.open();
    try {
      IndexWriter writer = new IndexWriter(directory, config(rebuild));
      LuceneWriter opened = new LuceneWriter(folder, model, lock, directory, writer);
      if (!rebuild) {
        opened.checkModel();
      }
      return opened;
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static IndexWriterConfig config(boolean rebuild) {
    return new IndexWriterConfig(PassageAnalyzer.ofPassages())
        .setOpenMode(rebuild ? OpenMode.CREATE : OpenMode.APPEND)
        .setSimilarity(LuceneStore.similarity())
        .setRAMBufferSizeMB(BUFFER_MB)
        .setMergeScheduler(new QuietMerges())
        .setCommitOnClose(false);
  }

  private void checkModel() throws IOException {
    Map<String, String> committed = new HashMap<>();
    Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
    if (data != null) {
      data.forEach(entry -> committed.put(entry.getKey(), entry.getValue()));
    }
    EmbeddingModel built = CommitData.of(committed).model();
    if (built != null && !built.equals(model)) {
      writer.rollback();
      throw StoreFailures.otherModel(folder.path(), built, model);
    }
  }

  @Override
  public void add(EmbeddedChunk chunk) {
    change(() -> writer.addDocument(Fields.chunk(chunk)));
  }

  @Override
  public void add(StoredDocument document) {
    change(() -> writer.addDocument(Fields.record(document)));
  }

  @Override
  public void delete(String source) {
    change(() -> writer.deleteDocuments(Fields.recordOf(source), Fields.chunksOf(source)));
  }

  @Override
  public Map<String, Failure> commit() {
    change(() -> {
      writer.setLiveCommitData(CommitData.now(model).entrySet());
      writer.commit();
    });
    return Map.of();
  }

  @Override
  public void close() {
    // Lucene ends its merges first, and waits for them; an interrupt would break the wait off.
    boolean interrupted = Thread.interrupted();
    try (lock;
        directory) {
      writer.rollback();
    } catch (IOException e) {
      throw StoreFailures.unwritable(folder.path(), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void change(Change change) {
    try {
      change.run();
    } catch (IOException e) {
      throw StoreFailures.unwritable(folder.path(), e);
    } catch (IllegalStateException e) {
      // Something failed before, perhaps in a merge, and Lucene's writer takes no more changes.
      throw StoreFailures.unwritable(
          folder.path(), Objects.requireNonNullElse(writer.getTragicException(), e));
    } catch (ThreadInterruptedException e) {
      Thread.currentThread().interrupt();
      throw StoreFailures.unwritable(folder.path(), e);
    }
  }

  @FunctionalInterface
  private interface Change {
    void run() throws IOException;
  }

  /** The next change to the index tells of a merge that failed; the thread itself need not. */
  private static final class QuietMerges extends ConcurrentMergeScheduler {
    @Override
    protected void handleMergeException(Throwable fault) {}
  }
}
