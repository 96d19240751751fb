package dev.ragstream.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Failure;
import dev.ragstream.core.Filter;
import dev.ragstream.core.PassageStore;
import dev.ragstream.core.PassageStore.Candidates;
import dev.ragstream.core.PassageStore.Query;
import dev.ragstream.core.PassageWriter;
import dev.ragstream.core.StoreFixture;
import dev.ragstream.core.StoredDocument;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other processes that write to a store, and what is there when they are killed. */
class StoreProcessesTest {

  private static final int KILLS = 16;

  /** As many of the kills hit the making of an index; the others hit one that grows. */
  private static final int EARLY_KILLS = 5;

  @TempDir Path folder;

  @Test
  void whateverMomentAProcessIsKilledAtTheStoreOpensWithAllThatWasCommittedAndNoHalfDocument()
      throws Exception {
    Random random = new Random(20);
    Path grown = folder.resolve("grown");
    Map<String, Integer> committed = new HashMap<>();
    int next = 1;
    for (int kill = 0; kill < KILLS; kill++) {
      if (kill < EARLY_KILLS) {
        Path fresh = folder.resolve("fresh" + kill);
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
  void aWriterInAnotherProcessIsNamedWithItsNumber() throws Exception {
    Process child = StoreChild.start("hold", folder.toString());
    try (BufferedReader output = StoreChild.output(child);
        PassageStore store = new LuceneStore(folder)) {
      assertThat(output.readLine()).isEqualTo("opening");
      assertThat(output.readLine()).isEqualTo("open");

      Failure failure = StoreFixture.failure(() -> store.write(StoreChild.MODEL, false));

      assertThat(failure.kind()).isEqualTo(Failure.Kind.STORE_LOCKED);
      assertThat(failure.problem()).contains(folder.toString(), "process " + child.pid());
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
  void aRefusedWriterOfThisProcessDoesNotLetAnotherProcessIn() throws Exception {
    try (PassageStore store = new LuceneStore(folder);
        PassageWriter _ = store.write(StoreChild.MODEL, false)) {
      Failure refused = StoreFixture.failure(() -> store.write(StoreChild.MODEL, false));
      assertThat(refused.problem()).contains("this process itself");

      Process child = StoreChild.start("hold", folder.toString());
      try (BufferedReader output = StoreChild.output(child)) {
        assertThat(output.readAllLines()).containsExactly("opening");
        assertThat(child.waitFor()).isNotZero();
      } finally {
        child.destroyForcibly();
      }
    }
  }

  /** Runs a child, kills it at its n-th signal, and notes what it said it had committed. */
  private static void killed(Path folder, int from, int signals, Map<String, Integer> committed)
      throws Exception {
    Process child = StoreChild.start("index", folder.toString(), Integer.toString(from));
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
  private static int assertWhole(Path folder, Map<String, Integer> committed) {
    try (PassageStore store = new LuceneStore(folder)) {
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
          .map(dev.ragstream.core.Chunk::text)
          .toList();
    }
  }
}
