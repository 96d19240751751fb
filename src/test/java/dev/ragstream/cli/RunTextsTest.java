package dev.ragstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Failure;
import dev.ragstream.core.Question;
import dev.ragstream.core.Samples;
import dev.ragstream.core.Timings;
import dev.ragstream.journal.Run;
import dev.ragstream.journal.RunStart;
import dev.ragstream.journal.RunSummary;
import dev.ragstream.journal.Runs;
import dev.ragstream.journal.TimedEvent;
import dev.ragstream.render.Style;
import dev.ragstream.render.TextWidth;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts of {@code ragstream log}. */
class RunTextsTest {

  private static final Instant STARTED = Instant.parse("2026-11-27T14:38:02Z");

  /** As the place where the test runs writes it. */
  private static final String TIME = RunTable.time(STARTED);

  private static final Run COMPLETED = run("1sa681y", Runs.START, Runs.EVENTS);

  private static final Run FAILED =
      run(
          "1sa68cd",
          new RunStart(
              new Question("Umbrella?"), "extractive", Map.of("retrieval.mode", "lexical")),
          List.of(
              new Retrieved(Samples.retrieval(Samples.passages("Rain at noon.").reversed())),
              new Text("Yes, \u001b[31mtake two.\n"),
              new Failed(
                  new Failure(Failure.Kind.INCOMPLETE, "the stream ended early", "ask once more"),
                  new Timings(7, -1, 900))));

  private static Run run(String id, RunStart start, List<AnswerEvent> events) {
    return new Run(
        id, STARTED, start, events.stream().map(event -> new TimedEvent(1, event)).toList());
  }

  @Test
  void runsAreATable() {
    RunSummary long1 =
        new RunSummary("1sa68zz", STARTED, "Is\nit " + "very ".repeat(30), "m", null);

    assertThat(RunTable.of(Stream.of(COMPLETED, FAILED).map(Run::summary).toList(), 100))
        .isEqualTo(
            """
            id       time                 model              ending     tokens    total   question
            1sa681y  %1$s  openai:some-model  completed  812 + 64  1.8 s   Umbrella?
            1sa68cd  %1$s  extractive         failed     –         900 ms  Umbrella?
            """
                .formatted(TIME));
    assertThat(RunTable.of(List.of(long1), 80))
        .isEqualTo(
            """
            id       time                 model  ending      total  question
            1sa68zz  %s  m      unfinished  –      Is it very very very ve…
            """
                .formatted(TIME));
  }

  @ParameterizedTest
  @CsvSource({
    "50, id|time|question",
    "60, id|time|ending|question",
    "80, id|time|model|ending|total|question",
    "100, id|time|model|ending|tokens|total|question"
  })
  void columnsGiveWayToTheQuestionInTheOrderOfTheirImportance(int width, String names) {
    RunStart start =
        new RunStart(
            new Question("Should I carry an umbrella today, or is a coat enough?"),
            "openai:a-model-with-a-long-name",
            Map.of());
    List<RunSummary> runs =
        List.of(COMPLETED.summary(), run("1sa68cd", start, Runs.EVENTS).summary());

    List<String> lines = RunTable.of(runs, width).lines().toList();

    assertThat(lines.getFirst().split(" +")).containsExactly(names.split("\\|"));
    assertThat(lines).allMatch(line -> TextWidth.of(line) <= width);
    assertThat(lines.getLast()).contains("Should I carry an").endsWith("…");
    assertThat(RunTable.of(runs, Style.WHOLE))
        .contains("openai:a-model-with-a-long-name  ")
        .endsWith("or is a coat enough?\n");
  }

  @Test
  void aRunIsShownWhole() {
    assertThat(RunText.of(COMPLETED, Style.PLAIN))
        .isEqualTo(
            """
            run     1sa681y, %s
            model   openai:some-model
            ending  completed
            tokens  812 + 64
            time    retrieval 12 ms · first text 240 ms · total 1.8 s

            ── before: user ────────────────────────────────────────────────────────
            Good morning

            ── question ────────────────────────────────────────────────────────────
            Umbrella?

            ── sources ─────────────────────────────────────────────────────────────
            [1] a.md

            ── ledger, in tokens ───────────────────────────────────────────────────
            template      60
            history        0
            question       6
            passages      10
            total        291  of 3072 (budget 4096, reserved for the answer 1024)

             [1]     10  kept                         a.md#0
             [2]      0  dropped: beyond top-k        b.md#0

            ── reasoning ───────────────────────────────────────────────────────────
            Rain… noon.

            ── answer ──────────────────────────────────────────────────────────────
            Yes, take one [1].
            """
                .formatted(TIME));
  }

  @Test
  void aRunThatFailedIsShownAsFarAsItCame() {
    assertThat(RunText.of(FAILED, Style.PLAIN))
        .isEqualTo(
            """
            run     1sa68cd, %s
            model   extractive
            ending  failed
            time    retrieval 7 ms · total 900 ms

            ── question ────────────────────────────────────────────────────────────
            Umbrella?

            ── answer ──────────────────────────────────────────────────────────────
            Yes, ␛[31mtake two.

            error: the stream ended early
              → ask once more
            """
                .formatted(TIME));
  }

  @Test
  void twoRunsAreComparedSideBySide() {
    assertThat(RunDiffText.of(new RunDiff(COMPLETED, FAILED), Style.PLAIN))
        .isEqualTo(
            """
            run         1sa681y                           1sa68cd
            time        %1$s               %1$s
            model       openai:some-model                 extractive
            ending      completed                         failed
            passages    1                                 –
            prompt      291 tokens                        –
            tokens      812 + 64                          –
            retrieval   12 ms                             7 ms
            first text  240 ms                            –
            total       1.8 s                             900 ms

            ── settings ────────────────────────────────────────────────────────────
            retrieval.mode: not set → lexical
            retrieval.topK: 5 → not set

            ── passages ────────────────────────────────────────────────────────────
               a    b
               1    1  a.md#0
               2    –  b.md#0

            ── prompt ──────────────────────────────────────────────────────────────
            none in b

            ── answer ──────────────────────────────────────────────────────────────
            @@ -1,1 +1,2 @@
            -Yes, take one [1].
            +Yes, ␛[31mtake two.
            +
            """
                .formatted(TIME));
  }

  @Test
  void aRunDiffersInNothingFromItself() {
    assertThat(
            RunDiffText.of(new RunDiff(COMPLETED, COMPLETED), Style.PLAIN)
                .lines()
                .filter("the same"::equals))
        .hasSize(4);
  }

  @Test
  void whatARunLacksIsMissingInTheirComparisonForScripts() {
    assertThat(RunDiffJson.text(new RunDiff(COMPLETED, FAILED)))
        .contains(
            """
              "differs" : [
                "model",
                "question",
                "settings",
                "passages",
                "prompt",
                "answer",
                "usage"
              ],
            """)
        .contains("\"prompt\" : [ ]");
  }

  @Test
  void aRunDiffersInNothingFromItselfForScripts() {
    assertThat(RunDiffJson.text(new RunDiff(COMPLETED, COMPLETED)))
        .contains("\"differs\" : [ ]", "\"passages\" : [ ]");
  }
}
