package dev.ragstream.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Retrieval.Mode;
import dev.ragstream.eval.ParityReport.Comparison;
import dev.ragstream.eval.ParityReport.Row;
import dev.ragstream.eval.ParityReport.Summary;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParityReportTest {

  @Test
  void eachModeHasItsMeans() {
    ParityReport report =
        new ParityReport(
            2,
            List.of(
                new Row(
                    "Umbrella?",
                    List.of(compared(Mode.LEXICAL, "a", "a"), compared(Mode.VECTOR, "a", "a"))),
                new Row(
                    "Swim?",
                    List.of(compared(Mode.LEXICAL, "a", "b"), compared(Mode.VECTOR, "a", "a")))));

    assertThat(report.summaries())
        .containsExactly(
            new Summary(Mode.LEXICAL, 2, 0.5, 0.5, 0.5, 1),
            new Summary(Mode.VECTOR, 2, 1, 1, 1, 2));
  }

  @Test
  void withoutQuestionsThereAreNone() {
    assertThat(new ParityReport(2, List.of()).summaries()).isEmpty();
  }

  private static Comparison compared(Mode mode, String lucene, String elasticsearch) {
    return Comparison.of(mode, List.of(lucene), List.of(elasticsearch), 2);
  }
}
