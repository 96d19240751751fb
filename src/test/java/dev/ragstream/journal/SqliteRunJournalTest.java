package dev.ragstream.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Failure;
import dev.ragstream.core.StoreFixture;
import dev.ragstream.core.Timings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteRunJournalTest {

  @TempDir private Path folder;
  private RunJournal journal;
  private Instant now = Instant.parse("2026-11-27T14:38:02Z");

  @BeforeEach
  void open() {
    journal = Runs.journal(folder, () -> now);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void aRunComesBackAsItWas() {
    String id = journal.begin(Runs.START);
    journal.add(id, List.of(new TimedEvent(12, new Retrieved(Runs.RETRIEVAL))));
    journal.add(
        id,
        List.of(
            new TimedEvent(13, new PromptBuilt(Runs.PROMPT)),
            new TimedEvent(240, new Text("Yes [1].")),
            new TimedEvent(1800, Runs.COMPLETED)));
    journal.close();

    Run run = journal.run(id);

    assertThat(run)
        .isEqualTo(
            new Run(
                id,
                now,
                Runs.START,
                List.of(
                    new TimedEvent(12, new Retrieved(Runs.RETRIEVAL)),
                    new TimedEvent(13, new PromptBuilt(Runs.PROMPT)),
                    new TimedEvent(240, new Text("Yes [1].")),
                    new TimedEvent(1800, Runs.COMPLETED))));
    assertThat(journal.runs(RunQuery.newest(9))).containsExactly(run.summary());
  }

  @Test
  void aRunIsUnfinishedUntilItsEndingIsAdded() {
    String id = journal.begin(Runs.START);
    assertThat(journal.run(id).ending()).isEmpty();
    assertThat(journal.runs(RunQuery.newest(1)).getFirst().ending()).isNull();

    journal.add(id, List.of(new TimedEvent(5, new Cancelled(new Timings(1, -1, 5)))));

    assertThat(journal.runs(RunQuery.newest(1)).getFirst().ending())
        .isEqualTo(new Cancelled(new Timings(1, -1, 5)));
  }

  @Test
  void idsAreShortAndSortByTime() {
    String first = journal.begin(Runs.START);
    String atOnce = journal.begin(Runs.START);
    now = now.plusSeconds(1);
    String later = journal.begin(Runs.START);
    now = now.plus(Duration.ofDays(3_000));
    String muchLater = journal.begin(Runs.START);

    assertThat(List.of(first, atOnce, later, muchLater))
        .isSorted()
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[0-9a-hjkmnp-tv-z]{7}"));
    assertThat(journal.runs(RunQuery.newest(2)))
        .extracting(RunSummary::id)
        .containsExactly(muchLater, later);
  }

  @Test
  void aRunIsFoundByTheBeginningOfItsIdHoweverItIsTyped() {
    now = Instant.parse("2025-01-01T09:20:00Z");
    String early = journal.begin(Runs.START);
    now = Instant.parse("2026-11-27T14:38:02Z");
    String id = journal.begin(Runs.START);

    assertThat(early).startsWith("00");
    assertThat(journal.run(id.substring(0, 3)).id()).isEqualTo(id);
    assertThat(journal.run(" " + id.toUpperCase(Locale.ROOT)).id()).isEqualTo(id);
    assertThat(journal.run("oO").id()).isEqualTo(early);
  }

  @Test
  void lastIsTheLastRunAndCountsBack() {
    String first = journal.begin(Runs.START);
    String second = journal.begin(Runs.START);

    assertThat(journal.run("last").id()).isEqualTo(second);
    assertThat(journal.run("last~1").id()).isEqualTo(first);
    assertThat(told("last~2")).isEqualTo("there is no run 'last~2'");
  }

  @Test
  void whatMeansSeveralRunsOrNoneIsRefused() {
    assertThat(told("last")).isEqualTo("there is no run 'last'");
    String first = journal.begin(Runs.START);
    String second = journal.begin(Runs.START);

    assertThat(told(first.substring(0, 5)))
        .isEqualTo(
            "several runs begin with '%s': %s, %s".formatted(first.substring(0, 5), second, first));
    assertThat(told("zzzzz")).isEqualTo("there is no run 'zzzzz'");
    assertThat(told("%")).isEqualTo("there is no run '%'");
    assertThat(told("")).isEqualTo("there is no run ''");
  }

  private String told(String reference) {
    Failure failure = StoreFixture.failure(() -> journal.run(reference));
    assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
    return failure.problem();
  }

  @Test
  void runsAreFoundByModelEndingAndQuestion() {
    String rain = journal.begin(Runs.start("Will it RAIN 100%?", "openai:gpt-x"));
    String sun = journal.begin(Runs.start("Will the sun shine?", "extractive"));
    journal.add(sun, List.of(new TimedEvent(5, Runs.COMPLETED)));

    assertThat(found(new RunQuery(9, "gpt", null, null))).containsExactly(rain);
    assertThat(found(new RunQuery(9, null, RunQuery.How.UNFINISHED, null))).containsExactly(rain);
    assertThat(found(new RunQuery(9, null, RunQuery.How.COMPLETED, null))).containsExactly(sun);
    assertThat(found(new RunQuery(9, null, RunQuery.How.FAILED, null))).isEmpty();
    assertThat(found(new RunQuery(9, null, null, "rain 100%"))).containsExactly(rain);
    assertThat(found(new RunQuery(9, null, null, "will"))).containsExactly(sun, rain);
    assertThat(found(new RunQuery(9, "extr", RunQuery.How.UNFINISHED, "will"))).isEmpty();
  }

  private List<String> found(RunQuery query) {
    return journal.runs(query).stream().map(RunSummary::id).toList();
  }

  @Test
  void oldRunsAreRemovedWithAllThatBelongsToThem() {
    String old = journal.begin(Runs.START);
    journal.add(old, List.of(new TimedEvent(1, new Text("canary-of-the-old-run"))));
    now = now.plus(Duration.ofDays(30)).plusSeconds(1);
    String fresh = journal.begin(Runs.START);
    Removal removal = new Removal.OlderThan(Duration.ofDays(30));

    assertThat(journal.removable(removal)).extracting(RunSummary::id).containsExactly(old);
    assertThat(journal.run(old).answer()).contains("canary");
    assertThat(journal.remove(removal)).extracting(RunSummary::id).containsExactly(old);
    journal.close();

    assertThat(found(RunQuery.newest(9))).containsExactly(fresh);
    assertThat(Runs.file(folder)).content(StandardCharsets.ISO_8859_1).doesNotContain("canary");
  }

  @Test
  void nothingOfAFewRemovedRunsStaysInALargeFile() {
    String old = journal.begin(Runs.START);
    journal.add(old, List.of(new TimedEvent(1, new Text("canary-of-the-old-run ".repeat(99)))));
    for (int n = 0; n < 20; n++) {
      journal.add(
          journal.begin(Runs.START), List.of(new TimedEvent(1, new Text("wind ".repeat(2_000)))));
    }

    journal.remove(new Removal.AllBut(20));

    for (String name : List.of("journal.db", "journal.db-wal")) {
      assertThat(Runs.file(folder).resolveSibling(name))
          .content(StandardCharsets.ISO_8859_1)
          .doesNotContain("canary");
    }
  }

  @Test
  void theNewestRunsCanBeKept() {
    List<String> ids =
        List.of(journal.begin(Runs.START), journal.begin(Runs.START), journal.begin(Runs.START));

    assertThat(journal.remove(new Removal.AllBut(2)))
        .extracting(RunSummary::id)
        .containsExactly(ids.getFirst());
    assertThat(journal.remove(new Removal.AllBut(2))).isEmpty();
    assertThat(journal.remove(new Removal.AllBut(0))).hasSize(2);
    assertThat(found(RunQuery.newest(9))).isEmpty();
  }

  @Test
  void lookingMakesNoFile() {
    assertThat(found(RunQuery.newest(9))).isEmpty();
    assertThat(journal.remove(new Removal.AllBut(0))).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }
}
