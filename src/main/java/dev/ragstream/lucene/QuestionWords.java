package dev.ragstream.lucene;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;

/**
 * Cuts a question into words at the boundaries of Unicode Standard Annex #29, and Chinese, Japanese
 * and Thai by ICU's dictionaries. Punctuation and stop words are left out.
 */
final class QuestionWords {

  private static final String CHINESE_STOP_WORDS = "chinese-stop-words.txt";

  private QuestionWords() {}

  static List<String> of(String question) {
    String text = Normalizer.normalize(question, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    Set<String> stopWords = chineseStopWords();
    Set<String> words = new LinkedHashSet<>();
    BreakIterator boundaries = BreakIterator.getWordInstance(ULocale.ROOT);
    boundaries.setText(text);
    int start = boundaries.first();
    for (int end = boundaries.next(); end != BreakIterator.DONE; end = boundaries.next()) {
      String word = text.substring(start, end);
      boolean isWord = boundaries.getRuleStatus() >= BreakIterator.WORD_NONE_LIMIT;
      if (isWord
          && !stopWords.contains(word)
          && !EnglishAnalyzer.ENGLISH_STOP_WORDS_SET.contains(word)) {
        words.add(word);
      }
      start = end;
    }
    return List.copyOf(words);
  }

  private static Set<String> chineseStopWords() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    QuestionWords.class.getResourceAsStream(CHINESE_STOP_WORDS),
                    CHINESE_STOP_WORDS),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> Stream.of(line.split(" ", -1)))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException("a resource of the program cannot be read", e);
    }
  }
}
