package dev.ragstream.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Timings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {

  @TempDir private Path folder;
  private RunJournal journal;
  private final List<String> notices = new ArrayList<>();
  private final List<AnswerEvent> heard = new ArrayList<>();

  @BeforeEach
  void open() {
    journal = Runs.journal(folder);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  /** Answers with all events, as the pipeline does. */
  private static Ending answer(Consumer<AnswerEvent> reader) {
    Runs.EVENTS.forEach(reader);
    return Runs.COMPLETED;
  }

  @Test
  void theReaderHearsEveryPieceAndTheJournalKeepsThemJoined() {
    Recording recording = Recording.begin(journal, Runs.START, null, notices::add);

    assertThat(recording.answer(heard::add, RecordingTest::answer)).isEqualTo(Runs.COMPLETED);

    assertThat(heard).isEqualTo(Runs.EVENTS);
    Run run = journal.run(recording.id().orElseThrow());
    assertThat(run.events())
        .extracting(TimedEvent::event)
        .containsExactly(
            new Retrieved(Runs.RETRIEVAL),
            new PromptBuilt(Runs.PROMPT),
            new Reasoning("Rain… noon."),
            new Text("Yes, take one [1]."),
            Runs.COMPLETED);
    assertThat(run.events()).extracting(TimedEvent::millis).isSorted();
    assertThat(run.start()).isEqualTo(Runs.START);
    assertThat(notices).isEmpty();
  }

  @Test
  void whatWasSentIsKeptBeforeTheModelAnswers() {
    Recording recording = Recording.begin(journal, Runs.START, null, notices::add);
    String id = recording.id().orElseThrow();

    recording.answer(
        event -> {
          if (event instanceof Reasoning) {
            assertThat(journal.run(id).prompt()).contains(Runs.PROMPT);
            assertThat(journal.run(id).ending()).isEmpty();
            heard.add(event);
          }
        },
        RecordingTest::answer);

    assertThat(heard).hasSize(2);
  }

  @Test
  void whereTheReaderLeavesWhatCameIsKeptWithTheEnding() {
    Cancelled cancelled = new Cancelled(new Timings(12, 240, 300));
    Recording recording = Recording.begin(journal, Runs.START, null, notices::add);

    Ending ending =
        recording.answer(
            event -> {
              if (event instanceof Text) {
                throw new IllegalStateException("gone");
              }
            },
            reader -> {
              assertThatThrownBy(() -> answer(reader)).hasMessage("gone");
              return cancelled;
            });

    assertThat(ending).isEqualTo(cancelled);
    Run run = journal.run("last");
    assertThat(run.answer()).isEqualTo("Yes, ");
    assertThat(run.ending()).contains(cancelled);
  }

  @Test
  void twoHundredThousandPiecesAreFewRows() {
    Recording recording = Recording.begin(journal, Runs.START, null, notices::add);

    recording.answer(
        _ -> {},
        reader -> {
          for (int i = 0; i < 200_000; i++) {
            reader.accept(new Text("word "));
          }
          reader.accept(Runs.COMPLETED);
          return Runs.COMPLETED;
        });

    Run run = journal.run("last");
    assertThat(run.answer()).hasSize(1_000_000);
    assertThat(run.events()).hasSizeLessThan(2_000);
  }

  @Test
  void noMoreRunsAreKeptThanWanted() {
    for (int n = 0; n < 4; n++) {
      Recording.begin(journal, Runs.start("Question " + n + "?", "m"), 2, notices::add)
          .answer(heard::add, RecordingTest::answer);
    }

    assertThat(journal.runs(RunQuery.newest(9)))
        .extracting(RunSummary::question)
        .containsExactly("Question 3?", "Question 2?");
  }

  @Test
  void aDamagedJournalIsToldOnceAndTheAnswerGoesOn() throws IOException {
    write("this is no database, and long enough to be taken for one. ".repeat(100));

    assertThat(notice()).matches("this run is not kept: the journal .* is damaged; move it away.*");
  }

  @Test
  void aJournalOfANewerVersionIsLeftAlone() throws SQLException, IOException {
    Files.createDirectories(Runs.file(folder).getParent());
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + Runs.file(folder));
        Statement statement = other.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }

    assertThat(notice()).contains("was written by a newer ragstream");
  }

  @Test
  void aFileInThePlaceOfTheFolderIsTold() throws IOException {
    Files.writeString(folder.resolve(".ragstream"), "");

    assertThat(notice()).startsWith("this run is not kept: the journal ");
  }

  @Test
  void aJournalThatAnotherProcessHoldsIsTold() throws SQLException {
    journal.begin(Runs.START);
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + Runs.file(folder));
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");

      assertThat(notice()).contains("is being written by another process");
    }
  }

  @Test
  void aDiskThatFillsUpIsToldOnceAndWhatWasKeptStays() throws SQLException {
    JournalFile file = new JournalFile(Runs.file(folder));
    RunJournal small = new SqliteRunJournal(file, InstantSource.system());
    Recording recording = Recording.begin(small, Runs.START, null, notices::add);
    file.write(connection -> {
      try (Statement statement = connection.createStatement()) {
        return statement.execute("PRAGMA max_page_count = 12");
      }
    });

    recording.answer(
        heard::add,
        reader -> {
          reader.accept(new Retrieved(Runs.RETRIEVAL));
          reader.accept(new PromptBuilt(Runs.PROMPT));
          reader.accept(new Text("wind ".repeat(50_000)));
          reader.accept(new Text("end"));
          reader.accept(Runs.COMPLETED);
          return Runs.COMPLETED;
        });
    small.close();

    assertThat(heard).hasSize(5);
    assertThat(notices).singleElement().asString().contains("there is no room for the journal");
    assertThat(journal.run("last").prompt()).contains(Runs.PROMPT);
    assertThat(journal.run("last").ending()).isEmpty();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such permissions")
  void nobodyElseMayReadTheJournal() throws IOException {
    journal.begin(Runs.START);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Runs.file(folder))))
        .isEqualTo("rw-------");
  }

  private void write(String text) throws IOException {
    Files.createDirectories(Runs.file(folder).getParent());
    Files.writeString(Runs.file(folder), text);
  }

  /** The one notice of a run that cannot be kept, whose reader still hears everything. */
  private String notice() {
    Recording recording = Recording.begin(journal, Runs.START, null, notices::add);
    recording.answer(heard::add, RecordingTest::answer);

    assertThat(recording.id()).isEmpty();
    assertThat(heard).isEqualTo(Runs.EVENTS);
    assertThat(notices).hasSize(1);
    return notices.getFirst();
  }
}
