package dev.ragstream.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordAnalysisTest {

  private final WordAnalysis analysis = new WordAnalysis();

  @Test
  void passagesKeepSingleCharactersAndQuestionsPairsAlone() {
    assertThat(analysis.passageTerms("Take the 雨伞")).containsExactly("take", "雨", "雨伞", "伞");
    assertThat(analysis.questionTerms("the 雨伞 umbrellas")).containsExactly("雨伞", "umbrella");
  }

  @Test
  void aTermSaidTwiceStaysTwice() {
    assertThat(analysis.questionTerms("rain, rain")).containsExactly("rain", "rain");
  }

  @Test
  void aPastedPageIsCutAfterFiveHundredDifferentTerms() {
    String page =
        IntStream.range(0, 900).mapToObj(i -> "w" + i).collect(Collectors.joining(" rain "));

    assertThat(analysis.questionTerms(page).stream().distinct()).hasSize(500);
  }

  @ParameterizedTest
  @CsvSource({
    "今天天气怎么样？, 今天 天气",
    "我的雨伞丢了怎么办, 雨伞 丢",
    "What does a swim cost? A SWIM!, what does swim cost",
    "Ｎｉｍｂｕｓ 雨伞, nimbus 雨伞",
    "?!… 。, ''",
  })
  void wordsAreMarkedOffAsAReaderWould(String question, String words) {
    assertThat(String.join(" ", analysis.questionWords(question))).isEqualTo(words);
  }
}
