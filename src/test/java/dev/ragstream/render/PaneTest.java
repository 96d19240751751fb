package dev.ragstream.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Chunk;
import dev.ragstream.core.Excerpt;
import dev.ragstream.core.Ledger;
import dev.ragstream.core.Ledger.Entry;
import dev.ragstream.core.Ledger.Outcome;
import dev.ragstream.core.Ledger.Reason;
import dev.ragstream.core.Passage;
import dev.ragstream.core.Passage.Standing;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Retrieval;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts for people in panes of all widths. */
class PaneTest {

  private static final String WORDS =
      "Whoever holds a residents' permit renews it before the end of the month, at the town hall or"
          + " online; afterwards a new application is necessary. 今天早上有雨，请带伞。";

  private static final Passage LONG =
      new Passage(
          1,
          new Chunk(
              "handbook/residents/parking-permits-and-what-they-cost.md#12",
              "handbook/residents/parking-permits-and-what-they-cost.md",
              "Parking permits › Residents › What is to be done before a permit comes to its end",
              WORDS,
              Map.of()),
          1 / 62.0 + 1 / 61.0,
          new Standing(2, 7.125),
          new Standing(1, 0.83));

  private static final Ledger LEDGER =
      new Ledger(
          4096,
          1024,
          60,
          25,
          2,
          6,
          291,
          List.of(
              new Entry(LONG, 120, 120, new Outcome.Kept()),
              new Entry(LONG, 90, 0, new Outcome.Dropped(new Reason.DuplicateOf(1)))));

  private static final Retrieval FOUND = Answers.retrieval(Retrieval.Mode.HYBRID, LONG);

  private static final Prompt PROMPT =
      new Prompt(
          Answers.PROMPT.question(),
          "default",
          List.of(),
          List.of(new Excerpt(LONG, WORDS)),
          "0badc0de",
          LEDGER);

  private static String bare(String shown) {
    return shown.replaceAll("\u001b\\[[0-9;]*m|\u001b\\]8;;.*?\u001b\\\\", "");
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split("[\\s\\p{IsHan}，。]+")).filter(word -> !word.isEmpty()).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 80, 100})
  void nothingIsWiderThanThePane(int columns) {
    Style style = Style.ANSI.within(columns).linking(Path.of("."));
    String all =
        RetrievalFormats.text(style, false).write(FOUND)
            + RetrievalFormats.text(style, true).write(FOUND)
            + AnswerFacts.sources(PROMPT, List.of(), style).getFirst()
            + "\n"
            + PromptText.ledger(LEDGER, style)
            + PromptText.rule("[1] " + LONG.chunk().id() + " — " + LONG.chunk().title(), style);

    assertThat(bare(all).lines()).allMatch(line -> TextWidth.of(line) <= columns);
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 80, 100})
  void linesAreBrokenBetweenWordsAndGoOnIndented(int columns) {
    Style style = Style.ANSI.within(columns);
    String shown = bare(RetrievalFormats.text(style, false).write(FOUND));
    String source = bare(AnswerFacts.sources(PROMPT, List.of(), style).getFirst());

    assertThat(words(shown)).containsAll(words(LONG.chunk().title()));
    assertThat(shown.lines().skip(1))
        .hasSizeGreaterThan(3)
        .allMatch(line -> line.startsWith("    "));
    assertThat(words(source)).containsAll(words(LONG.chunk().title() + " cited)"));
    assertThat(source.lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("    "));
    assertThat(words(style.wrapped(WORDS, ""))).isEqualTo(words(WORDS));
  }

  @Test
  void inALedgerBarsGiveWayFirstAndThenTheMiddleOfNames() {
    assertThat(PromptText.ledger(LEDGER, Style.ANSI.within(130))).contains("█").doesNotContain("…");
    assertThat(PromptText.ledger(LEDGER, Style.ANSI.within(100)))
        .doesNotContain("█")
        .doesNotContain("…");
    assertThat(bare(PromptText.ledger(LEDGER, Style.ANSI.within(50))))
        .isEqualTo(
            """
            ── ledger, in tokens ─────────────────────────────
            template      60
            history       25  2 older messages did not fit
                              and were left out
            question       6
            passages     120
            total        291  of 3072 (budget 4096, reserved
                              for the answer 1024)

             [1]    120  kept                      han….md#12
             [1]      0  dropped: duplicate of [1] han….md#12
            """);
  }

  @Test
  void whatIsNoTerminalGetsWholeLines() {
    assertThat(PromptText.ledger(LEDGER, Style.PLAIN)).contains(LONG.chunk().id() + "\n");
    assertThat(RetrievalFormats.text(Style.PLAIN, false).write(FOUND)).contains(WORDS);
    assertThat(Style.PLAIN.wrapped(WORDS, "  ")).isEqualTo(WORDS);
  }

  @Test
  void namesAreShortenedInTheMiddleByTheColumnsThatTheyTake() {
    assertThat(TextWidth.shortened("weather/today.md#0", 18)).isEqualTo("weather/today.md#0");
    assertThat(TextWidth.shortened("weather/today.md#0", 13)).isEqualTo("weat…day.md#0");
    assertThat(TextWidth.shortened("天气/今天早上.md#3", 10)).isEqualTo("天…上.md#3");
  }
}
