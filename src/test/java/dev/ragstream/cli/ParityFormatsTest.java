package dev.ragstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Retrieval.Mode;
import dev.ragstream.eval.ParityReport;
import dev.ragstream.eval.ParityReport.Comparison;
import dev.ragstream.eval.ParityReport.Row;
import dev.ragstream.render.Style;
import java.util.List;
import org.jline.utils.WCWidth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParityFormatsTest {

  private static final ParityReport REPORT =
      new ParityReport(
          3,
          List.of(
              new Row(
                  "Should I carry\nan \u001bumbrella?",
                  List.of(compared(Mode.HYBRID, "abc"), compared(Mode.LEXICAL, "acb"))),
              new Row(
                  "今天出门要带伞吗？".repeat(5),
                  List.of(compared(Mode.HYBRID, "abc"), compared(Mode.LEXICAL, "bxy"))),
              new Row(
                  "Nothing?", List.of(compared(Mode.HYBRID, "abc"), compared(Mode.LEXICAL, "")))));

  @Test
  void textIsATableOfTheQuestionsAndOneOfTheMeans() {
    assertThat(new ParityText(REPORT, Style.PLAIN, 70).text())
        .isEqualTo(
            """
            hybrid             lexical         \s\s\s
              @3    rbo    ≠     @3    rbo    ≠   question
            1.00  1.000    –   1.00  0.955    2   Should I carry an ␛umbrella?
            1.00  1.000    –   0.33  0.315    1   今天出门要带伞吗？今天出门要带…
            1.00  1.000    –   0.00  0.000    1   Nothing?

            mean     questions     @3    rbo  first  same
            hybrid           3  1.000  1.000  1.000     3
            lexical          3  0.444  0.423  0.333     0
            @3: share of the best 3 that both find; rbo: rank-biased overlap, p = 0.9;
            ≠: first rank that differs; first: the same best passage; same: all of them
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 61, 62, 80, 100, 120})
  void theTableFitsTheWidth(int columns) {
    String text = new ParityText(REPORT, Style.PLAIN, columns).text();

    assertThat(text.substring(0, text.indexOf("\n\n")).lines())
        .allSatisfy(line ->
            assertThat(line.codePoints().map(WCWidth::wcwidth).sum()).isLessThanOrEqualTo(columns));
  }

  @Test
  void whatDiffersHasAColour() {
    assertThat(new ParityText(REPORT, Style.ANSI, 70).text())
        .contains("1.00  1.000    –   \u001b[33m1.00  0.955    2\u001b[0m   Should");
  }

  @Test
  void jsonHoldsTheRankingsToo() {
    assertThat(ParityJson.text(new ParityReport(3, REPORT.rows().subList(0, 1))))
        .isEqualTo(
            """
            {
              "k" : 3,
              "persistence" : 0.9,
              "means" : {
                "hybrid" : {
                  "questions" : 1,
                  "overlap" : 1.0,
                  "rankBiasedOverlap" : 1.0,
                  "firstAgrees" : 1.0,
                  "same" : 1
                },
                "lexical" : {
                  "questions" : 1,
                  "overlap" : 1.0,
                  "rankBiasedOverlap" : 0.955,
                  "firstAgrees" : 1.0,
                  "same" : 0
                }
              },
              "questions" : [
                {
                  "question" : "Should I carry\\nan \\u001Bumbrella?",
                  "hybrid" : {
                    "overlap" : 1.0,
                    "rankBiasedOverlap" : 1.0,
                    "firstAgrees" : true,
                    "lucene" : [
                      "a",
                      "b",
                      "c"
                    ],
                    "elasticsearch" : [
                      "a",
                      "b",
                      "c"
                    ]
                  },
                  "lexical" : {
                    "overlap" : 1.0,
                    "rankBiasedOverlap" : 0.955,
                    "firstAgrees" : true,
                    "firstDifference" : 2,
                    "lucene" : [
                      "a",
                      "b",
                      "c"
                    ],
                    "elasticsearch" : [
                      "a",
                      "c",
                      "b"
                    ]
                  }
                }
              ]
            }
            """);
  }

  /** The cluster's ranking against one of three passages. */
  private static Comparison compared(Mode mode, String elasticsearch) {
    return Comparison.of(
        mode,
        List.of("a", "b", "c"),
        elasticsearch.chars().mapToObj(Character::toString).toList(),
        3);
  }
}
