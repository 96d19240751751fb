package dev.ragstream.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/** The same two queries over the same index, with nothing around them. */
final class BareLucene implements AutoCloseable {

  private static final int LIMIT = 50;
  private static final int LOADED = 10;

  private final Directory directory;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  BareLucene(Path folder) throws IOException {
    this.directory = FSDirectory.open(folder);
    this.reader = DirectoryReader.open(directory);
    this.searcher = new IndexSearcher(reader);
    searcher.setSimilarity(new BM25Similarity(0.9f, 0.4f));
  }

  /** How many parts the index has. */
  int segments() {
    return reader.leaves().size();
  }

  /** The terms of a question; made before the time is taken. */
  static Query words(String question) throws IOException {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    try (EnglishAnalyzer analyzer = new EnglishAnalyzer();
        TokenStream stream = analyzer.tokenStream("body", question)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        any.add(new TermQuery(new Term("body", term.toString())), Occur.SHOULD);
      }
      stream.end();
    }
    return any.build();
  }

  /** Runs both, one after the other, reads all ids, and loads the best ten. */
  List<Document> search(Query words, float[] vector) throws IOException {
    ScoreDoc[] lexical = searcher.search(words, LIMIT).scoreDocs;
    ScoreDoc[] nearest =
        searcher.search(new KnnFloatVectorQuery("vector", vector, LIMIT), LIMIT).scoreDocs;
    List<String> ids = new ArrayList<>();
    addIds(lexical, ids);
    addIds(nearest, ids);
    List<Document> best = new ArrayList<>();
    StoredFields stored = searcher.storedFields();
    for (int i = 0; best.size() < Math.min(LOADED, ids.size()); i++) {
      ScoreDoc[] from = i % 2 == 0 ? lexical : nearest;
      if (i / 2 < from.length) {
        best.add(stored.document(from[i / 2].doc));
      }
    }
    return best;
  }

  private void addIds(ScoreDoc[] hits, List<String> ids) throws IOException {
    for (ScoreDoc hit : hits) {
      LeafReaderContext leaf = reader.leaves().get(ReaderUtil.subIndex(hit.doc, reader.leaves()));
      BinaryDocValues values = leaf.reader().getBinaryDocValues("id");
      values.advanceExact(hit.doc - leaf.docBase);
      ids.add(values.binaryValue().utf8ToString());
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
  }
}
