package dev.ragstream.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTextTest {

  private static final String ANSWER =
      """
      # What a swim costs

      A swim costs **five euros** for *adults*[1], and `ticket --child`
      costs ***less***; see [the fees](fees.md).


      - Children pay two euros, but only before eight o'clock in the morning [2].
        - Under *four*: nothing
      1. Students: 2 * 3 = 6, snake_case_name, 5 ** 2
      10) A _second_ number

      ---

      > They say **so**.

      ```java
      if (a[1] * b > *c) { // **not bold**
      \tpool();
      }
      ```

      | Who | Price | Remark |
      | :-- | ---: | --- |
      | Adult | 3.90 | before **eight** \\| after |
      | Child, between four and seventeen | 1.90 | 今天 |

      An open ** mark, an unclosed `tick, and a \\*star\\*
      """;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private MarkdownText text(int columns) {
    return new MarkdownText(
        new PrintStream(bytes, true, StandardCharsets.UTF_8), Style.ANSI, () -> columns);
  }

  /** Colours as {@code <…>}. */
  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8).replaceAll("\u001b\\[([0-9;]*)m", "<$1>");
  }

  private String shown(String markdown, int columns) {
    MarkdownText text = text(columns);
    text.add(markdown);
    text.end();
    return shown();
  }

  @Test
  void withoutColoursCodeIsBold() {
    Style style = new Style(Style.Look.WEIGHTS, 60, null);
    MarkdownText text =
        new MarkdownText(new PrintStream(bytes, true, StandardCharsets.UTF_8), style, () -> 60);
    text.add("- Buy a `ticket`, *now*\n\n```\npool();\n```\n");
    text.end();

    assertThat(shown()).isEqualTo("• Buy a <0;1>ticket<0>, <0;3>now<0>\n\n  pool();\n");
  }

  @Test
  void markdownIsShownAsWhatItMeans() {
    assertThat(shown(ANSWER, 60))
        .isEqualTo(
            """
            <0;1;4>What a swim costs<0>

            A swim costs <0;1>five euros<0> for <0;3>adults<0>[1], and <0;36>ticket --child<0>
            costs <0;1;3>less<0>; see <0;4>the fees<0;2> (fees.md)<0>.

            • Children pay two euros, but only before eight o'clock in
              the morning [2].
              • Under <0;3>four<0>: nothing
            1. Students: 2 * 3 = 6, snake_case_name, 5 ** 2
            10) A <0;3>second<0> number

            <2>────────────────────────────────────────<0>

            <2>│ <0><0;2>They say <0;1;2>so<0;2>.<0>

              <36>if (a[1] * b > *c) { // **not bold**<0>
              <36>    pool();<0>
              <36>}<0>

            <1>Who                             Price  Remark<0>
            ───────────────────────────────────────────────────────────
            Adult                            3.90  before eight | after
            Child, between four and          1.90  今天
            seventeen

            An open ** mark, an unclosed `tick, and a *star*
            """);
  }

  @Test
  void itMakesNoDifferenceHowItIsCutIntoPieces() {
    String whole = shown(ANSWER, 60);
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      bytes.reset();
      MarkdownText text = text(60);
      int at = 0;
      while (at < ANSWER.length()) {
        int end = Math.min(ANSWER.length(), at + 1 + random.nextInt(12));
        text.add(ANSWER.substring(at, end));
        at = end;
      }
      text.end();
      assertThat(shown()).isEqualTo(whole);
    }
  }

  @Test
  void wordsAreShownAsTheyComeAndNotAtTheEndOfTheirLine() {
    MarkdownText text = text(60);
    text.add("Carry an umb");
    assertThat(shown()).isEqualTo("Carry an");
    text.add("rella today");
    assertThat(shown()).isEqualTo("Carry an umbrella");
    text.add(", **alw");
    assertThat(shown()).isEqualTo("Carry an umbrella today,");
    text.add("ays**.\n");
    assertThat(shown()).isEqualTo("Carry an umbrella today, <0;1>always<0>.\n");
  }

  @Test
  void aMarkThatIsNotClosedHoldsNothingBackForLong() {
    MarkdownText text = text(80);
    text.add("**" + "word ".repeat(90));

    assertThat(shown()).startsWith("**word word");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026 was wet|2026 was wet
          -5 degrees|-5 degrees
          **Bold** first|<0;1>Bold<0> first
          a * b * c|a * b * c
          [1][2] and [x]|[1][2] and [x]
          [^1]|[^1]
          ``a`b``|<0;36>a`b<0>
          __init__.py|<0;1>init<0>.py
          """)
  void whatOnlyLooksLikeAMarkStaysAsItWasWritten(String markdown, String expected) {
    assertThat(shown(markdown, 60)).isEqualTo(expected + "\n");
  }

  @Test
  void whatBeginsLikeAHeadingOrATableAndIsNoneStaysAsItWas() {
    assertThat(shown("#hashtag\n|no table|\nC\n", 60)).isEqualTo("#hashtag\n|no table|\nC\n");
  }

  @Test
  void chineseIsBrokenBetweenCharacters() {
    assertThat(shown("今天早上港口有雨，请带伞。".repeat(2), 21)).isEqualTo("今天早上港口有雨，请\n带伞。今天早上港口有\n雨，请带伞。\n");
  }

  @Test
  void controlCharactersOfAnAnswerAreShownAndNotObeyed() {
    assertThat(shown("**a\u001b[2Jb** `\u009b31m` \u001b]8;;http://x\u0007\n", 60))
        .isEqualTo("<0;1>a␛[2Jb<0> <0;36>\uFFFD31m<0> ␛]8;;http://x␇\n");
  }

  @Test
  void anEndInTheMiddleOfAnythingLosesNothing() {
    for (int length = 1; length < ANSWER.length(); length++) {
      bytes.reset();
      String letters = letters(ANSWER.substring(0, length));
      // The language of a block of code is not shown.
      String wanted = letters.replaceFirst("sayso(j|ja|jav|java)(?=i|$)", "sayso");
      String shown = shown(ANSWER.substring(0, length), 60).replaceAll("<[0-9;]*>", "");
      assertThat(letters(shown).chars().sorted().toArray())
          .as(shown)
          .isEqualTo(wanted.chars().sorted().toArray());
    }
  }

  private static String letters(String text) {
    return text.replaceAll("[^a-zA-Z0-9]", "");
  }
}
