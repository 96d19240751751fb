package dev.ragstream.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalWriterTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir private Path folder;
  private final List<String> notices = new CopyOnWriteArrayList<>();

  @Test
  void whatManyRunsWriteWaitsAndIsThereWhenTheWriterIsClosed() {
    try (RunJournal journal = Runs.journal(folder)) {
      try (JournalWriter writer = new JournalWriter(journal, LONG, notices::add)) {
        IntStream.range(0, 50)
            .forEach(_ ->
                Recording.begin(journal, Runs.START, null, notices::add, writer)
                    .answer(
                        _ -> {},
                        reader -> {
                          Runs.EVENTS.forEach(reader);
                          return Runs.COMPLETED;
                        }));
      }

      List<RunSummary> kept = journal.runs(RunQuery.newest(100));
      assertThat(kept).hasSize(50);
      assertThat(kept).extracting(RunSummary::id).doesNotHaveDuplicates();
      assertThat(journal.run(kept.getFirst().id()).events())
          .extracting(TimedEvent::event)
          .contains(new Text("Yes, take one [1]."))
          .endsWith(Runs.COMPLETED);
      assertThat(notices).isEmpty();
    }
  }

  @Test
  void aWriteThatFailsTakesNoOtherWithIt() {
    try (RunJournal journal = Runs.journal(folder)) {
      try (JournalWriter writer = new JournalWriter(journal, LONG, notices::add)) {
        writer.execute(() -> journal.begin(Runs.START));
        writer.execute(() ->
            assertThatThrownBy(
                    () -> journal.add("none", List.of(new TimedEvent(0, Runs.COMPLETED))))
                .isInstanceOf(FailureException.class));
        writer.execute(() -> journal.begin(Runs.START));
      }

      assertThat(journal.runs(RunQuery.newest(100))).hasSize(2);
    }
  }

  @Test
  void aJournalThatCannotBeOpenedIsToldOnce() throws IOException {
    Path file = Files.createFile(folder.resolve("no-folder"));
    try (RunJournal journal = Runs.journal(file)) {
      try (JournalWriter writer = new JournalWriter(journal, Duration.ZERO, notices::add)) {
        for (int i = 0; i < 3; i++) {
          Recording.begin(journal, Runs.START, null, notices::add, writer);
        }
      }
    }

    assertThat(notices).singleElement().asString().startsWith("runs are not kept: ");
  }
}
