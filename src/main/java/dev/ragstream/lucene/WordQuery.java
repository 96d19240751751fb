package dev.ragstream.lucene;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.TermToBytesRefAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** The terms of a question, any of which may match; a term that is said twice counts twice. */
final class WordQuery {

  /**
   * The first so many distinct terms are used: a pasted page is no better a question than its
   * beginning.
   */
  private static final int MOST_TERMS = 500;

  private WordQuery() {}

  static Query of(String text) throws IOException {
    Map<BytesRef, Integer> counts = new LinkedHashMap<>();
    try (Analyzer analyzer = PassageAnalyzer.ofQuestions();
        TokenStream stream = analyzer.tokenStream(Fields.BODY, text)) {
      TermToBytesRefAttribute term = stream.getAttribute(TermToBytesRefAttribute.class);
      stream.reset();
      while (stream.incrementToken() && counts.size() < MOST_TERMS) {
        counts.merge(BytesRef.deepCopyOf(term.getBytesRef()), 1, Integer::sum);
      }
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    counts.forEach((bytes, count) -> {
      Query one = new TermQuery(new Term(Fields.BODY, bytes));
      any.add(count == 1 ? one : new BoostQuery(one, count), Occur.SHOULD);
    });
    return any.build();
  }
}
