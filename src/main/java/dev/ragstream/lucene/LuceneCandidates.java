package dev.ragstream.lucene;

import dev.ragstream.core.Chunk;
import dev.ragstream.core.Filter;
import dev.ragstream.core.PassageStore.Candidate;
import dev.ragstream.core.PassageStore.Candidates;
import dev.ragstream.core.PassageStore.Query;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.jspecify.annotations.Nullable;

/** Both rankings of one search, and the searcher that they came from until it is closed. */
final class LuceneCandidates implements Candidates {

  private final Path folder;
  private final IndexSearcher searcher;
  private final Map<String, Integer> luceneIds = new HashMap<>();
  private List<Candidate> lexical = List.of();
  private List<Candidate> vector = List.of();

  private LuceneCandidates(Path folder, IndexSearcher searcher) {
    this.folder = folder;
    this.searcher = searcher;
  }

  /** Ranks, and keeps the searcher's reader open until the candidates are closed. */
  static LuceneCandidates of(Query query, Path folder, IndexSearcher searcher) throws IOException {
    LuceneCandidates candidates = new LuceneCandidates(folder, searcher);
    org.apache.lucene.search.@Nullable Query where = filter(query.where());
    if (query.text() != null) {
      candidates.lexical = candidates.words(query.text(), where, query.limit());
    }
    if (query.vector() != null) {
      candidates.vector = candidates.nearest(query.vector().values(), where, query.limit());
    }
    searcher.getIndexReader().incRef();
    return candidates;
  }

  @Override
  public List<Candidate> lexical() {
    return lexical;
  }

  @Override
  public List<Candidate> vector() {
    return vector;
  }

  @Override
  public List<Chunk> load(List<String> ids) {
    return GuardedRead.from(
        searcher,
        folder,
        from -> {
          StoredFields stored = from.storedFields();
          List<Chunk> chunks = new ArrayList<>(ids.size());
          for (String id : ids) {
            int luceneId = Objects.requireNonNull(luceneIds.get(id), id);
            chunks.add(Fields.chunk(id, stored.document(luceneId)));
          }
          return chunks;
        });
  }

  @Override
  public void close() {
    try {
      searcher.getIndexReader().decRef();
    } catch (IOException e) {
      throw StoreFailures.unreadable(folder, e);
    }
  }

  private List<Candidate> words(
      String text, org.apache.lucene.search.@Nullable Query where, int limit) throws IOException {
    org.apache.lucene.search.Query words = WordQuery.of(text);
    if (where != null) {
      words = new BooleanQuery.Builder().add(words, Occur.MUST).add(where, Occur.FILTER).build();
    }
    return candidates(searcher.search(words, limit), false);
  }

  private List<Candidate> nearest(
      float[] vector, org.apache.lucene.search.@Nullable Query where, int limit)
      throws IOException {
    KnnFloatVectorQuery nearest = new KnnFloatVectorQuery(Fields.VECTOR, vector, limit, where);
    return candidates(searcher.search(nearest, limit), true);
  }

  private List<Candidate> candidates(TopDocs found, boolean vectorScores) throws IOException {
    List<Candidate> candidates = new ArrayList<>(found.scoreDocs.length);
    for (ScoreDoc hit : found.scoreDocs) {
      String id = id(hit.doc);
      luceneIds.put(id, hit.doc);
      candidates.add(new Candidate(id, vectorScores ? cosine(hit.score) : hit.score));
    }
    return candidates;
  }

  private String id(int luceneId) throws IOException {
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(luceneId, leaves));
    BinaryDocValues ids = leaf.reader().getBinaryDocValues(Fields.ID);
    ids.advanceExact(luceneId - leaf.docBase);
    return ids.binaryValue().utf8ToString();
  }

  /** Lucene maps a cosine from [-1, 1] to a score in [0, 1]; rounding may take it a little out. */
  private static double cosine(float score) {
    return Math.clamp(2.0 * score - 1, -1, 1);
  }

  private static org.apache.lucene.search.@Nullable Query filter(Filter where) {
    if (where.required().isEmpty()) {
      return null;
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    where
        .required()
        .entrySet()
        .forEach(fact -> all.add(new TermQuery(Fields.fact(fact)), Occur.FILTER));
    return all.build();
  }
}
