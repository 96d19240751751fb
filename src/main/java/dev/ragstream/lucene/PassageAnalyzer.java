package dev.ragstream.lucene;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * Turns text into terms, whatever its language: words of scripts with spaces are lower-cased and
 * stemmed as English, Chinese, Japanese and Korean text becomes overlapping pairs of characters.
 * One chain for all, since documents mix them within a sentence.
 */
final class PassageAnalyzer extends Analyzer {

  private static final int ALL_SCRIPTS =
      CJKBigramFilter.HAN
          | CJKBigramFilter.HIRAGANA
          | CJKBigramFilter.KATAKANA
          | CJKBigramFilter.HANGUL;

  private final boolean singleCharacters;

  /**
   * @param singleCharacters whether each character becomes a term beside the pairs
   */
  private PassageAnalyzer(boolean singleCharacters) {
    this.singleCharacters = singleCharacters;
  }

  /** Single characters too, so that a question of one character finds the words that it is in. */
  static PassageAnalyzer ofPassages() {
    return new PassageAnalyzer(true);
  }

  /** Pairs alone where there are any: single characters are in nearly every passage. */
  static PassageAnalyzer ofQuestions() {
    return new PassageAnalyzer(false);
  }

  @Override
  protected TokenStreamComponents createComponents(String fieldName) {
    Tokenizer tokenizer = new StandardTokenizer();
    TokenStream stream = normalize(fieldName, new EnglishPossessiveFilter(tokenizer));
    stream = new StopFilter(stream, EnglishAnalyzer.ENGLISH_STOP_WORDS_SET);
    stream = new CJKBigramFilter(stream, ALL_SCRIPTS, singleCharacters);
    stream = new PorterStemFilter(stream);
    return new TokenStreamComponents(tokenizer, stream);
  }

  @Override
  protected TokenStream normalize(String fieldName, TokenStream stream) {
    return new LowerCaseFilter(new CJKWidthFilter(stream));
  }
}
