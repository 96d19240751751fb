package dev.ragstream.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown where a terminal knows more than plain text. */
class PeopleTest {

  @Test
  void barsAreDrawnInEighthsOfAColumn() {
    assertThat(Bar.of(1, 4)).isEqualTo("████");
    assertThat(Bar.of(0.5, 4)).isEqualTo("██  ");
    assertThat(Bar.of(0.28, 4)).isEqualTo("█▏  ");
    assertThat(Bar.of(-1, 4)).isEqualTo("    ");
    assertThat(Bar.of(7, 4)).isEqualTo("████");
  }

  @Test
  void theLedgerHasABarForEachShareOfThePromptWhereThereAreColours() {
    assertThat(PromptText.ledger(Answers.PROMPT.ledger(), Style.ANSI)).contains("█");
    assertThat(PromptText.ledger(Answers.PROMPT.ledger(), Style.PLAIN)).doesNotContain("█");
  }

  @Test
  void explainedScoresHaveABarThatIsLongestForTheBest() {
    String shown = RetrievalFormats.text(Style.ANSI, true).write(Answers.RETRIEVAL);

    assertThat(shown.lines().filter(line -> line.contains("█")).toList())
        .hasSize(Answers.RETRIEVAL.passages().size())
        .first()
        .asString()
        .contains("█".repeat(20));
    assertThat(RetrievalFormats.text(Style.ANSI, false).write(Answers.RETRIEVAL))
        .doesNotContain("█");
  }

  @Test
  void sourcesThatAreFilesAreLinked(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("weather"));
    Files.createFile(folder.resolve("weather/today.md"));

    List<String> sources =
        AnswerFacts.sources(Answers.PROMPT, List.of(1), Style.ANSI.linking(folder));

    assertThat(sources.getFirst())
        .isEqualTo(
            "[1] \u001b]8;;"
                + folder.resolve("weather/today.md").toUri()
                + "\u001b\\weather/today.md\u001b]8;;\u001b\\ — Today › North");
    assertThat(sources.getLast()).doesNotContain("\u001b]8");
    assertThat(AnswerFacts.sources(Answers.PROMPT, List.of(1), Style.PLAIN.linking(folder)))
        .allSatisfy(source -> assertThat(source).doesNotContain("\u001b"));
  }

  @Test
  void textIsCutByTheColumnsThatItTakes() {
    assertThat(TextWidth.of("今天 is e\u0301té")).isEqualTo(11);
    assertThat(TextWidth.cut("今天早上", 5)).isEqualTo("今天…");
    assertThat(TextWidth.cut("today", 5)).isEqualTo("today");
    assertThat(TextWidth.cut("todays", 5)).isEqualTo("toda…");
  }
}
