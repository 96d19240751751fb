package dev.ragstream.lucene;

import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Finding;
import dev.ragstream.core.PassageStore;
import dev.ragstream.core.PassageWriter;
import dev.ragstream.core.StoreStatus;
import dev.ragstream.core.StoredDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;

/**
 * A passage store in a folder. Nothing is opened before it is needed; searches see the newest
 * commit.
 */
public final class LuceneStore implements PassageStore {

  private static final String SUBJECT = "store";

  private final IndexFolder folder;
  private IndexFolder.@Nullable Identity opened;
  private @Nullable Directory directory;
  private @Nullable SearcherManager searchers;

  public LuceneStore(Path folder) {
    this(folder, IndexFiles::new);
  }

  LuceneStore(Path folder, IndexFolder.Opener opener) {
    this.folder = new IndexFolder(folder, opener);
  }

  @Override
  public Candidates search(Query query) {
    return read(searcher -> {
      checkModel(query, searcher);
      return LuceneCandidates.of(query, folder.path(), searcher);
    });
  }

  /** Opens the index. */
  @Override
  public void warmUp() {
    read(IndexSearcher::getIndexReader);
  }

  @Override
  public Map<String, StoredDocument> documents() {
    if (!holdsIndex()) {
      return Map.of();
    }
    return read(searcher -> {
      Map<String, StoredDocument> documents = new HashMap<>();
      org.apache.lucene.search.Query records = new FieldExistsQuery(Fields.RECORD);
      int most = Math.max(1, searcher.count(records));
      StoredFields stored = searcher.storedFields();
      for (ScoreDoc hit : searcher.search(records, most).scoreDocs) {
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
          folder.path().toString(),
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
  public List<Finding> examine(@Nullable EmbeddingModel model) {
    List<Finding> findings = new ArrayList<>();
    try {
      StoreStatus status = status();
      findings.add(
          Finding.good(
              SUBJECT,
              "the index at %s holds %d documents in %d chunks"
                  .formatted(status.location(), status.documents(), status.chunks())));
      EmbeddingModel built = status.model();
      if (built != null && model != null && !built.equals(model)) {
        findings.add(
            Finding.broken(
                "embedding", StoreFailures.otherModel(folder.path(), built, model).failure()));
      }
    } catch (FailureException e) {
      findings.add(Finding.broken(SUBJECT, e.failure()));
    }
    return findings;
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
      throw StoreFailures.unreadable(folder.path(), e);
    }
  }

  /**
   * How passages are scored; the parameters that Anserini tuned for passages of this length. Every
   * term counts for the length, as in a store that does not know which of them overlap.
   */
  static BM25Similarity similarity() {
    return new BM25Similarity(0.9f, 0.4f, false);
  }

  private <T> T read(GuardedRead.Action<T> action) {
    try {
      SearcherManager open = searchers();
      // Waits for a refresh that another search began, which may not have seen the last commit.
      open.maybeRefreshBlocking();
      IndexSearcher searcher = open.acquire();
      try {
        return GuardedRead.from(searcher, folder.path(), action);
      } finally {
        open.release(searcher);
      }
    } catch (IOException e) {
      throw StoreFailures.unreadable(folder.path(), e);
    }
  }

  private synchronized SearcherManager searchers() throws IOException {
    IndexFolder.Identity found = folder.identity();
    if (searchers == null || !found.equals(opened)) {
      close();
      if (!folder.holdsIndex()) {
        throw StoreFailures.missing(folder.path());
      }
      opened = found;
      directory = folder.open();
      searchers = new SearcherManager(directory, new Searchers());
    }
    return searchers;
  }

  private boolean holdsIndex() {
    try {
      return folder.holdsIndex();
    } catch (IOException e) {
      throw StoreFailures.unreadable(folder.path(), e);
    }
  }

  private void checkModel(Query query, IndexSearcher searcher) throws IOException {
    EmbeddingModel built = commitData(searcher).model();
    QuestionVector vector = query.vector();
    if (vector != null && built != null && !built.equals(vector.model())) {
      throw StoreFailures.otherModel(folder.path(), built, vector.model());
    }
  }

  private long size() throws IOException {
    try (Stream<Path> files = Files.list(folder.path())) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static CommitData commitData(IndexSearcher searcher) throws IOException {
    DirectoryReader reader = (DirectoryReader) searcher.getIndexReader();
    return CommitData.of(reader.getIndexCommit().getUserData());
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
