package dev.ragstream.core;

import static dev.ragstream.core.StoreFixture.chunk;
import static dev.ragstream.core.StoreFixture.failure;
import static dev.ragstream.core.StoreFixture.found;
import static dev.ragstream.core.StoreFixture.index;
import static dev.ragstream.core.StoreFixture.near;
import static dev.ragstream.core.StoreFixture.put;
import static dev.ragstream.core.StoreFixture.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.PassageStore.Candidates;
import dev.ragstream.core.PassageStore.Query;
import dev.ragstream.core.PassageStore.QuestionVector;
import dev.ragstream.core.PassageWriter.EmbeddedChunk;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What becomes of what is written to a store, and when. */
interface StoreWritingContract extends StoreFixture {

  EmbeddingModel OTHER = new EmbeddingModel("other", 3);

  @Test
  default void whereNothingWasIndexedASearchSaysSo() {
    try (PassageStore store = open()) {
      assertThat(failure(() -> found(store, words("rain"))).kind())
          .isEqualTo(Failure.Kind.STORE_MISSING);
      assertThat(failure(store::status).remedy()).contains("ragstream index");
      assertThat(store.documents()).isEmpty();
    }
  }

  @Test
  default void anEmptyStoreFindsNothing() {
    try (PassageStore store = open()) {
      index(store);

      assertThat(found(store, words("rain"))).isEmpty();
      assertThat(found(store, near(0))).isEmpty();
      assertThat(store.documents()).isEmpty();
      assertThat(store.status().chunks()).isZero();
    }
  }

  @Test
  default void anOpenStoreSeesACommitAndNothingBeforeIt() {
    try (PassageStore store = open()) {
      index(store, chunk("old", 1, "rain", 0));
      try (PassageWriter writer = store.write(MODEL, false)) {
        put(writer, "new", "1", chunk("new", 1, "rain", 0));
        writer.delete("old");

        assertThat(found(store, words("rain"))).containsExactly("old#1");
        assertThat(store.documents()).containsOnlyKeys("old");
        assertThat(store.status().chunks()).isEqualTo(1);

        writer.commit();

        assertThat(found(store, words("rain"))).containsExactly("new#1");
        assertThat(found(store, near(0))).containsExactly("new#1");
        assertThat(store.documents()).containsOnlyKeys("new");
      }
    }
  }

  @Test
  default void whatIsNotCommittedIsDropped() {
    try (PassageStore store = open()) {
      index(store, chunk("a", 1, "rain", 0));
      try (PassageWriter writer = store.write(MODEL, false)) {
        writer.delete("a");
        put(writer, "b", "1", chunk("b", 1, "rain", 0));
      }

      assertThat(found(store, words("rain"))).containsExactly("a#1");
    }
  }

  @Test
  default void whatIsCommittedIsThereForAnotherStore() {
    try (PassageStore store = open()) {
      index(store, chunk("a", 1, "rain", 0));
    }
    try (PassageStore store = open()) {
      assertThat(found(store, words("rain"))).containsExactly("a#1");
    }
  }

  @Test
  default void aDocumentIsReplacedWhole() {
    try (PassageStore store = open()) {
      index(store, chunk("a", 1, "rain", 0), chunk("a", 2, "rain", 0), chunk("ab", 1, "rain", 0));
      try (PassageWriter writer = store.write(MODEL, false)) {
        put(writer, "a", "2", chunk("a", 1, "snow", 0));
        writer.commit();
      }

      assertThat(found(store, words("rain"))).containsExactly("ab#1");
      assertThat(found(store, words("snow"))).containsExactly("a#1");
      assertThat(store.documents())
          .isEqualTo(
              Map.of("a", new StoredDocument("a", "2", 1), "ab", new StoredDocument("ab", "1", 1)));
    }
  }

  @Test
  default void deletingTakesADocumentAndItsChunksAndNoOther() {
    try (PassageStore store = open()) {
      index(store, chunk("a", 1, "rain", 0), chunk("a/b", 1, "rain", 0));
      try (PassageWriter writer = store.write(MODEL, false)) {
        writer.delete("a");
        writer.delete("never there");
        writer.commit();
      }

      assertThat(found(store, near(0))).containsExactly("a/b#1");
      assertThat(store.documents()).containsOnlyKeys("a/b");
    }
  }

  @Test
  default void theStatusTellsWhatIsThere() {
    Instant before = Instant.now().minusMillis(1);
    try (PassageStore store = open()) {
      index(store, chunk("a", 1, "x", 0), chunk("a", 2, "x", 0), chunk("b", 1, "x", 0));
      StoreStatus status = store.status();

      assertThat(status.documents()).isEqualTo(2);
      assertThat(status.chunks()).isEqualTo(3);
      assertThat(status.model()).isEqualTo(MODEL);
      assertThat(status.bytes()).isPositive();
      assertThat(status.location()).isNotBlank();
      assertThat(status.lastCommit()).isBetween(before, Instant.now());
    }
  }

  @Test
  default void vectorsOfAnotherModelAreRefusedWithBothNames() {
    try (PassageStore store = open()) {
      index(store, chunk("a", 1, "rain", 0));
      Query query =
          new Query("rain", new QuestionVector(OTHER, new float[] {1, 0, 0}), Filter.NONE, 10);

      for (Failure failure :
          List.of(failure(() -> found(store, query)), failure(() -> store.write(OTHER, false)))) {
        assertThat(failure.kind()).isEqualTo(Failure.Kind.STORE_MISMATCH);
        assertThat(failure.problem()).contains(MODEL.toString(), OTHER.toString());
        assertThat(failure.remedy()).contains("ragstream index --rebuild", MODEL.name());
      }
      assertThat(found(store, words("rain"))).containsExactly("a#1");
      index(store, chunk("b", 1, "a refused writer leaves no lock behind", 0));
    }
  }

  @Test
  default void aRebuildShowsTheOldContentUntilItsFirstCommitAndThenOnlyTheNew() {
    try (PassageStore store = open()) {
      index(store, chunk("a", 1, "rain", 0));
      try (PassageWriter writer = store.write(OTHER, true)) {
        writer.add(
            new EmbeddedChunk(new Chunk("b#1", "b", "", "rain", Map.of()), new float[] {0, 0, 1}));
        writer.add(new StoredDocument("b", "1", 1));

        assertThat(found(store, words("rain"))).containsExactly("a#1");
        assertThat(found(store, near(0))).containsExactly("a#1");

        writer.commit();
      }

      assertThat(found(store, words("rain"))).containsExactly("b#1");
      assertThat(store.documents()).containsOnlyKeys("b");
      assertThat(store.status().model()).isEqualTo(OTHER);
      QuestionVector asked = new QuestionVector(OTHER, new float[] {0, 0, 1});
      assertThat(found(store, new Query(null, asked, Filter.NONE, 10))).containsExactly("b#1");
    }
  }

  @Test
  default void aRebuildThatIsGivenUpChangesNothing() {
    try (PassageStore store = open()) {
      index(store, chunk("a", 1, "rain", 0));
      try (PassageWriter writer = store.write(OTHER, true)) {
        writer.add(new StoredDocument("b", "1", 0));
      }

      assertThat(found(store, near(0))).containsExactly("a#1");
      index(store, chunk("c", 1, "rain", 0));
      assertThat(found(store, words("rain"))).containsExactlyInAnyOrder("a#1", "c#1");
    }
  }

  @Test
  default void aSecondWriterIsRefusedAndTheFirstGoesOn() {
    try (PassageStore store = open();
        PassageStore another = open()) {
      try (PassageWriter writer = store.write(MODEL, false)) {
        for (int attempt = 0; attempt < 2; attempt++) {
          Failure failure = failure(() -> another.write(MODEL, true));
          assertThat(failure.kind()).isEqualTo(Failure.Kind.STORE_LOCKED);
        }
        put(writer, "a", "1", chunk("a", 1, "rain", 0));
        writer.commit();
      }
      index(another, chunk("b", 1, "rain", 0));

      assertThat(found(store, words("rain"))).containsExactlyInAnyOrder("a#1", "b#1");
    }
  }

  @Test
  default void theRankingsOfASearchOutliveWhatIsDeletedMeanwhile() {
    try (PassageStore store = open()) {
      index(store, chunk("a", 1, "rain", 0));
      try (Candidates candidates = store.search(words("rain"));
          PassageWriter writer = store.write(MODEL, true)) {
        writer.commit();

        assertThat(candidates.load(List.of("a#1")).getFirst().text()).isEqualTo("rain");
      }
    }
  }

  @Test
  default void searchesBesideAWriterSeeWholeCommits() throws Exception {
    AtomicBoolean written = new AtomicBoolean();
    try (PassageStore store = open();
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      index(store, chunk("a", 1, "rain", 0), chunk("a", 2, "rain", 0));
      Future<Boolean> searching =
          threads.submit(() -> {
            boolean alwaysWhole = true;
            while (!written.get()) {
              alwaysWhole &= found(store, words("rain")).equals(List.of("a#1", "a#2"));
              alwaysWhole &= found(store, near(0)).size() == 2;
              alwaysWhole &= store.documents().size() == 1;
            }
            return alwaysWhole;
          });
      try (PassageWriter writer = store.write(MODEL, false)) {
        for (int version = 0; version < 50; version++) {
          put(
              writer,
              "a",
              "v" + version,
              chunk("a", 1, "rain", version),
              chunk("a", 2, "rain", version));
          writer.commit();
          assertThat(store.documents())
              .containsEntry("a", new StoredDocument("a", "v" + version, 2));
        }
      } finally {
        written.set(true);
      }
      assertThat(searching.get()).isTrue();
    }
  }
}
