package dev.ragstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatementReaderTest {

  @Test
  void markdownIsReadAsPlainText() {
    assertThat(
            texts(
                """
                # Weather

                > **Rain** is [likely](http://example.org "today") from
                > `15:00` on.

                - [ ] take an *umbrella*
                1. stay_at_home
                ```
                let x = 1
                ```
                """))
        .containsExactly("Rain is likely from `15:00` on.", "take an umbrella", "stay_at_home");
  }

  @Test
  void aFootnoteOfTheDocumentIsNoCitationOfOurs() {
    assertThat(texts("The tower[3] is old [1, 2]. 塔很旧【4】。"))
        .containsExactly("The tower is old.", "塔很旧。");
  }

  @Test
  void aQuestionGoesWithTheStatementAfterIt() {
    List<Statement> statements =
        StatementReader.read(
            Prompts.excerpt(1, "## Is it open?\n\nUntil nine. Entry is free.\n\n要钱吗？所有人不要钱。"));
    assertThat(statements)
        .extracting(Statement::question)
        .containsExactly("Is it open?", "", "要钱吗？");
    assertThat(statements)
        .extracting(Statement::text)
        .containsExactly("Until nine.", "Entry is free.", "所有人不要钱。");
  }

  @Test
  void rowsOfATableWhoseHeadWasCutOffAreToldWithoutIt() {
    assertThat(texts("| large | 7 € |\n| huge | | 9 € |"))
        .containsExactly("large; 7 €", "huge; 9 €");
  }

  @Test
  void linesOfAChineseParagraphAreJoinedWithoutASpace() {
    assertThat(texts("今天下午\n有雨，\n带伞 see 图")).containsExactly("今天下午有雨，带伞 see 图");
  }

  @Test
  void whatHoldsNoLetterSaysNothing() {
    assertThat(texts("* * *\n\n...\n\n— —")).isEmpty();
  }

  @Test
  void aMereYesGoesWithWhatFollows() {
    assertThat(texts("Is it open? Yes. Until nine. Ok."))
        .containsExactly("Yes. Until nine.", "Ok.");
    assertThat(texts("养狗要交税吗？要。每条狗每年72欧元。")).containsExactly("要。每条狗每年72欧元。");
  }

  private static List<String> texts(String markdown) {
    return StatementReader.read(Prompts.excerpt(1, markdown)).stream()
        .map(Statement::text)
        .toList();
  }
}
