package dev.ragstream.lucene;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** The terms of a question, any of which may match; a term that is said twice counts twice. */
final class WordQuery {

  private WordQuery() {}

  static Query of(String text) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String term : new WordAnalysis().questionTerms(text)) {
      counts.merge(term, 1, Integer::sum);
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    counts.forEach((term, count) -> {
      Query one = new TermQuery(new Term(Fields.BODY, term));
      any.add(count == 1 ? one : new BoostQuery(one, count), Occur.SHOULD);
    });
    return any.build();
  }
}
