package dev.ragstream.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentencesTest {

  @Test
  void aSentenceEndsAtItsMark() {
    assertThat(sentences("It rains. Take an umbrella! Why? Because…"))
        .containsExactly("It rains.", "Take an umbrella!", "Why?", "Because…");
  }

  @Test
  void aLineBreakInAParagraphEndsNothing() {
    assertThat(sentences("It rains in\nthe north. The south\nis dry."))
        .containsExactly("It rains in\nthe north.", "The south\nis dry.");
  }

  @Test
  void aBlankLineEndsASentence() {
    assertThat(sentences("Harbour weather\r\n\r\nIt rains"))
        .containsExactly("Harbour weather", "It rains");
  }

  @Test
  void aDotInAnAbbreviationOrATimeEndsNothing() {
    assertThat(
            sentences("Ask Dr. Smith (e.g. Monday 5.30 p.m. on) or J. Doe. No. 4 goes to St. Ann."))
        .containsExactly(
            "Ask Dr. Smith (e.g. Monday 5.30 p.m. on) or J. Doe.", "No. 4 goes to St. Ann.");
    assertThat(sentences("It closes at 5 p.m. The bus waits."))
        .containsExactly("It closes at 5 p.m.", "The bus waits.");
  }

  @Test
  void headingsListItemsAndTableRowsStandAlone() {
    String markdown =
        """
        # 1. Opening hours. All
        Below is what
        we know
        - Library: 9 to 5
          on weekdays
        - Pool
        1. First come
        2. Then pay
        | Day | Hours. Open |
        | --- | --- |
        | Mon | 9. 5 |
        That is all.
        """;
    assertThat(sentences(markdown))
        .containsExactly(
            "# 1. Opening hours. All",
            "Below is what\nwe know",
            "- Library: 9 to 5\n  on weekdays",
            "- Pool",
            "1. First come",
            "2. Then pay",
            "| Day | Hours. Open |",
            "| --- | --- |",
            "| Mon | 9. 5 |",
            "That is all.");
  }

  @Test
  void aLineThatBeginsWithALabelStandsAlone() {
    assertThat(sentences("name: Pool\nopening hours: 9 to 5\nfee\n"))
        .containsExactly("name: Pool", "opening hours: 9 to 5\nfee");
  }

  @Test
  void chineseMarksEndSentencesAndStayWithTheirQuotes() {
    assertThat(sentences("他说：“下雨了。”然后走了！真的吗？北方有雨；南方晴。完"))
        .containsExactly("他说：“下雨了。”", "然后走了！", "真的吗？", "北方有雨；", "南方晴。", "完");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n\n ",
        "\n\nA. B\r\n\r\n# C\n| d |\n\n\n- e；f； g\n",
        "Dr. \uD83D\uDE00. Ok.  \n\t x",
        "；；\n；"
      })
  void joinedTheSentencesAreTheText(String text) {
    assertThat(String.join("", Sentences.of(text))).isEqualTo(text);
    assertThat(Sentences.of(text)).doesNotContain("");
  }

  private static List<String> sentences(String text) {
    return Sentences.of(text).stream().map(String::strip).toList();
  }
}
