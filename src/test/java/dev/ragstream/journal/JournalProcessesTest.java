package dev.ragstream.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalProcessesTest {

  @TempDir private Path folder;

  /** They all find no file at first, so making it is a part of the race. */
  @Test
  void severalProcessesWriteAtOnceAndNothingIsLost() throws Exception {
    List<Process> children = new ArrayList<>();
    for (int n = 0; n < 3; n++) {
      children.add(JournalChild.start(folder, 60));
    }
    List<String> ids = new ArrayList<>();
    for (Process child : children) {
      ids.addAll(lines(child));
      assertThat(child.waitFor()).isZero();
    }

    assertThat(ids).hasSize(180).doesNotHaveDuplicates();
    try (RunJournal journal = Runs.journal(folder)) {
      assertThat(journal.runs(RunQuery.newest(1000)))
          .extracting(RunSummary::id)
          .containsExactlyInAnyOrderElementsOf(ids);
      assertThat(journal.runs(new RunQuery(1000, null, RunQuery.How.COMPLETED, null))).hasSize(180);
    }
  }

  @Test
  void aKilledProcessLeavesWhatItWroteAndTheJournalGoesOn() throws Exception {
    Process child = JournalChild.start(folder, 0);
    List<String> told = new ArrayList<>();
    try (BufferedReader out = child.inputReader()) {
      for (int n = 0; n < 25; n++) {
        told.add(out.readLine());
      }
      child.destroyForcibly().waitFor();
    }

    try (RunJournal journal = Runs.journal(folder)) {
      for (String id : told) {
        assertThat(journal.run(id).prompt()).contains(Runs.PROMPT);
      }
      String next = journal.begin(Runs.START);
      assertThat(journal.run("last").id()).isEqualTo(next);
    }
  }

  private static List<String> lines(Process child) throws IOException {
    try (BufferedReader out = child.inputReader()) {
      return out.lines().toList();
    }
  }
}
