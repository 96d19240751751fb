package dev.ragstream.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.PassageStore.Candidates;
import dev.ragstream.core.PassageStore.Query;
import java.io.BufferedReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Other processes that write to a store, and what is there when they are killed. */
public interface StoreProcessesContract {

  /** Opens the stores of these tests, here and in other processes. */
  StoreChild.Opener opener();

  /** A place where no store is yet; the same name gives the same place. */
  String place(String name);

  /** How often a process is killed. */
  int kills();

  /** As many of the kills hit the making of an index; the others hit one that grows. */
  int earlyKills();

  @Test
  default void
      whateverMomentAProcessIsKilledAtTheStoreOpensWithAllThatWasCommittedAndNoHalfDocument()
          throws Exception {
    Random random = new Random(20);
    String grown = place("grown");
    Map<String, Integer> committed = new HashMap<>();
    int next = 1;
    for (int kill = 0; kill < kills(); kill++) {
      if (kill < earlyKills()) {
        String fresh = place("fresh" + kill);
        Map<String, Integer> early = new HashMap<>();
        killed(fresh, 1, 1 + random.nextInt(12), early);
        assertWhole(fresh, early);
      } else {
        killed(grown, next, 1 + random.nextInt(400), committed);
        next = 1 + assertWhole(grown, committed);
      }
    }
    assertThat(committed).hasSize(StoreChild.DOCUMENTS);
  }

  @Test
  default void aWriterInAnotherProcessIsNamedWithItsNumber() throws Exception {
    Process child = StoreChild.start("hold", opener().getClass().getName(), place("held"));
    try (BufferedReader output = StoreChild.output(child);
        PassageStore store = opener().open(place("held"))) {
      assertThat(output.readLine()).isEqualTo("opening");
      assertThat(output.readLine()).isEqualTo("open");

      Failure failure = StoreFixture.failure(() -> store.write(StoreChild.MODEL, false));

      assertThat(failure.kind()).isEqualTo(Failure.Kind.STORE_LOCKED);
      assertThat(failure.problem()).contains("process " + child.pid());
      assertThat(store.documents()).isEmpty();

      child.getOutputStream().close();
      assertThat(child.waitFor()).isZero();
      try (PassageWriter writer = store.write(StoreChild.MODEL, false)) {
        writer.commit();
      }
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  default void aRefusedWriterOfThisProcessDoesNotLetAnotherProcessIn() throws Exception {
    try (PassageStore store = opener().open(place("held"));
        PassageWriter _ = store.write(StoreChild.MODEL, false)) {
      Failure refused = StoreFixture.failure(() -> store.write(StoreChild.MODEL, false));
      assertThat(refused.problem()).contains("this process itself");

      Process child = StoreChild.start("hold", opener().getClass().getName(), place("held"));
      try (BufferedReader output = StoreChild.output(child)) {
        assertThat(output.readAllLines()).containsExactly("opening");
        assertThat(child.waitFor()).isNotZero();
      } finally {
        child.destroyForcibly();
      }
    }
  }

  /** Runs a child, kills it at its n-th signal, and notes what it said it had committed. */
  private void killed(String place, int from, int signals, Map<String, Integer> committed)
      throws Exception {
    Process child =
        StoreChild.start("index", opener().getClass().getName(), place, Integer.toString(from));
    try (BufferedReader output = StoreChild.output(child)) {
      String line = output.readLine();
      for (int signal = 1; line != null; signal++) {
        if (signal == signals) {
          child.toHandle().destroyForcibly(); // leaves what it printed to be read
        }
        if (line.startsWith("committed ")) {
          int last = Integer.parseInt(line.substring("committed ".length()));
          for (int version = from; version <= last; version++) {
            committed.put(StoreChild.source(version), version);
          }
        }
        line = output.readLine();
      }
      assertThat(child.waitFor()).as("exit code of a killed process").isEqualTo(128 + 9);
    }
  }

  /** Checks what is in the store, and returns the last version there. */
  private int assertWhole(String place, Map<String, Integer> committed) {
    try (PassageStore store = opener().open(place)) {
      Map<String, StoredDocument> documents = store.documents();
      assertThat(documents.keySet()).containsAll(committed.keySet());
      int last = committed.values().stream().mapToInt(Integer::intValue).max().orElse(0);
      for (StoredDocument document : documents.values()) {
        int version = Integer.parseInt(document.fingerprint());
        assertThat(version).isGreaterThanOrEqualTo(committed.getOrDefault(document.source(), 0));
        assertThat(texts(store, document.source()))
            .hasSize(document.chunks())
            .containsOnly("common words, version " + version);
        last = Math.max(last, version);
      }
      if (!committed.isEmpty()) {
        assertThat(store.status().chunks())
            .isEqualTo(documents.values().stream().mapToInt(StoredDocument::chunks).sum());
      }
      try (PassageWriter writer = store.write(StoreChild.MODEL, false)) {
        writer.commit();
      }
      return last;
    }
  }

  private static List<String> texts(PassageStore store, String source) {
    Filter only = new Filter(Map.of("source", source));
    try (Candidates candidates = store.search(new Query("common", null, only, 100))) {
      return candidates
          .load(candidates.lexical().stream().map(PassageStore.Candidate::id).toList())
          .stream()
          .map(Chunk::text)
          .toList();
    }
  }
}
