package dev.ragstream.lucene;

import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.PassageWriter;
import dev.ragstream.core.StoredDocument;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * The one writer of an index. A commit is Lucene's own: all of it or nothing, whatever happens
 * meanwhile.
 */
final class LuceneWriter implements PassageWriter {

  /** Enough to write few segments, little enough for a small heap. */
  private static final double BUFFER_MB = 48;

  private final Path folder;
  private final EmbeddingModel model;
  private final Directory directory;
  private final IndexWriter writer;
  private final WriterLock lock;

  private LuceneWriter(
      Path folder, EmbeddingModel model, Directory directory, IndexWriter writer, WriterLock lock) {
    this.folder = folder;
    this.model = model;
    this.directory = directory;
    this.writer = writer;
    this.lock = lock;
  }

  static LuceneWriter open(Path folder, EmbeddingModel model, boolean rebuild) {
    try {
      IndexFolder.create(folder);
      WriterLock lock = WriterLock.take(folder);
      try {
        return open(folder, model, rebuild, lock);
      } catch (IOException | RuntimeException e) {
        lock.release();
        throw e;
      }
    } catch (IOException e) {
      throw StoreFailures.unwritable(folder, e);
    }
  }

  private static LuceneWriter open(
      Path folder, EmbeddingModel model, boolean rebuild, WriterLock lock) throws IOException {
    Directory directory = FSDirectory.open(folder);
    try {
      if (!rebuild) {
        checkModel(folder, model, directory);
      }
      IndexWriter writer = new IndexWriter(directory, config(rebuild));
      return new LuceneWriter(folder, model, directory, writer, lock);
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static IndexWriterConfig config(boolean rebuild) {
    return new IndexWriterConfig(new PassageAnalyzer())
        .setOpenMode(rebuild ? OpenMode.CREATE : OpenMode.APPEND)
        .setSimilarity(LuceneStore.similarity())
        .setRAMBufferSizeMB(BUFFER_MB)
        .setCommitOnClose(false);
  }

  private static void checkModel(Path folder, EmbeddingModel model, Directory directory)
      throws IOException {
    EmbeddingModel built =
        CommitData.of(SegmentInfos.readLatestCommit(directory).getUserData()).model();
    if (built != null && !built.equals(model)) {
      throw StoreFailures.otherModel(folder, built, model);
    }
  }

  @Override
  public void add(EmbeddedChunk chunk) {
    add(Fields.chunk(chunk));
  }

  @Override
  public void add(StoredDocument document) {
    add(Fields.record(document));
  }

  private void add(Document document) {
    try {
      writer.addDocument(document);
    } catch (IOException e) {
      throw StoreFailures.unwritable(folder, e);
    }
  }

  @Override
  public void delete(String source) {
    try {
      writer.deleteDocuments(Fields.recordOf(source), Fields.chunksOf(source));
    } catch (IOException e) {
      throw StoreFailures.unwritable(folder, e);
    }
  }

  @Override
  public void commit() {
    try {
      writer.setLiveCommitData(CommitData.now(model).entrySet());
      writer.commit();
    } catch (IOException e) {
      throw StoreFailures.unwritable(folder, e);
    }
  }

  @Override
  public void close() {
    try (directory) {
      writer.rollback();
    } catch (IOException e) {
      throw StoreFailures.unwritable(folder, e);
    } finally {
      lock.release();
    }
  }
}
