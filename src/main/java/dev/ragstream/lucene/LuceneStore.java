package dev.ragstream.lucene;

import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.PassageStore;
import dev.ragstream.core.PassageWriter;
import dev.ragstream.core.StoreStatus;
import dev.ragstream.core.StoredDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/**
 * A passage store in a folder. Nothing is opened before it is needed; searches see the newest
 * commit.
 */
public final class LuceneStore implements PassageStore {

  private final Path folder;
  private @Nullable Directory directory;
  private @Nullable SearcherManager searchers;

  public LuceneStore(Path folder) {
    this.folder = folder;
  }

  @Override
  public Candidates search(Query query) {
    try {
      SearcherManager open = searchers();
      IndexSearcher searcher = newest(open);
      try {
        checkModel(query, searcher);
        return LuceneCandidates.of(query, searcher, () -> open.release(searcher));
      } catch (IOException | RuntimeException e) {
        open.release(searcher);
        throw e;
      }
    } catch (IOException e) {
      throw StoreFailures.unreadable(folder, e);
    }
  }

  @Override
  public Map<String, StoredDocument> documents() {
    if (!Files.isDirectory(folder)) {
      return Map.of();
    }
    return read(searcher -> {
      Map<String, StoredDocument> documents = new HashMap<>();
      int most = Math.max(1, searcher.getIndexReader().maxDoc());
      StoredFields stored = searcher.storedFields();
      for (ScoreDoc hit : searcher.search(new FieldExistsQuery(Fields.RECORD), most).scoreDocs) {
        StoredDocument document = Fields.record(stored.document(hit.doc));
        documents.put(document.source(), document);
      }
      return documents;
    });
  }

  @Override
  public StoreStatus status() {
    return read(searcher -> {
      CommitData data = commitData(searcher);
      return new StoreStatus(
          folder.toString(),
          searcher.count(new FieldExistsQuery(Fields.RECORD)),
          searcher.count(new FieldExistsQuery(Fields.ID)),
          data.model(),
          size(),
          data.committed());
    });
  }

  @Override
  public PassageWriter write(EmbeddingModel model, boolean rebuild) {
    return LuceneWriter.open(folder, model, rebuild);
  }

  @Override
  public synchronized void close() {
    try {
      if (searchers != null) {
        searchers.close();
        searchers = null;
      }
      if (directory != null) {
        directory.close();
        directory = null;
      }
    } catch (IOException e) {
      throw StoreFailures.unreadable(folder, e);
    }
  }

  /** How passages are scored; the parameters that Anserini tuned for passages of this length. */
  static BM25Similarity similarity() {
    return new BM25Similarity(0.9f, 0.4f);
  }

  private <T> T read(Reading<T> reading) {
    try {
      SearcherManager open = searchers();
      IndexSearcher searcher = newest(open);
      try {
        return reading.from(searcher);
      } finally {
        open.release(searcher);
      }
    } catch (IOException e) {
      throw StoreFailures.unreadable(folder, e);
    }
  }

  private static IndexSearcher newest(SearcherManager searchers) throws IOException {
    searchers.maybeRefresh();
    return searchers.acquire();
  }

  private synchronized SearcherManager searchers() throws IOException {
    if (searchers == null) {
      if (!Files.isDirectory(folder)) {
        throw missing();
      }
      if (directory == null) {
        directory = FSDirectory.open(folder);
      }
      try {
        searchers = new SearcherManager(directory, new Searchers());
      } catch (IndexNotFoundException e) {
        throw missing();
      }
    }
    return searchers;
  }

  private FailureException missing() {
    return new FailureException(
        Failure.Kind.STORE_MISSING,
        "there is no index at " + folder,
        "run 'ragstream index PATH' first, or point store.path at an existing index");
  }

  private void checkModel(Query query, IndexSearcher searcher) throws IOException {
    EmbeddingModel built = commitData(searcher).model();
    QuestionVector vector = query.vector();
    if (vector != null && built != null && !built.equals(vector.model())) {
      throw StoreFailures.otherModel(folder, built, vector.model());
    }
  }

  private long size() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static CommitData commitData(IndexSearcher searcher) throws IOException {
    DirectoryReader reader = (DirectoryReader) searcher.getIndexReader();
    return CommitData.of(reader.getIndexCommit().getUserData());
  }

  private interface Reading<T> {
    T from(IndexSearcher searcher) throws IOException;
  }

  private static final class Searchers extends SearcherFactory {
    @Override
    public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous) {
      IndexSearcher searcher = new IndexSearcher(reader);
      searcher.setSimilarity(similarity());
      return searcher;
    }
  }
}
