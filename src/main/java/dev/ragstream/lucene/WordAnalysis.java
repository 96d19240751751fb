package dev.ragstream.lucene;

import dev.ragstream.core.TextAnalysis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** The analysis of passages and questions, by Lucene and ICU. */
public final class WordAnalysis implements TextAnalysis {

  private static final int MOST_TERMS = 500;

  @Override
  public List<String> passageTerms(String text) {
    return terms(PassageAnalyzer.ofPassages(), text, _ -> true);
  }

  @Override
  public List<String> questionTerms(String text) {
    Set<String> different = new HashSet<>();
    return terms(
        PassageAnalyzer.ofQuestions(),
        text,
        term -> {
          different.add(term);
          return different.size() <= MOST_TERMS;
        });
  }

  @Override
  public List<String> questionWords(String text) {
    return QuestionWords.of(text);
  }

  /** The terms until one is not wanted any more. */
  private static List<String> terms(Analyzer analyzer, String text, Predicate<String> wanted) {
    List<String> terms = new ArrayList<>();
    try (analyzer;
        TokenStream stream = analyzer.tokenStream("", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken() && wanted.test(term.toString())) {
        terms.add(term.toString());
      }
      return terms;
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory failed to be read", e);
    }
  }
}
