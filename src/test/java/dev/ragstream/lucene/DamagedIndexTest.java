package dev.ragstream.lucene;

import static dev.ragstream.core.StoreFixture.chunk;
import static dev.ragstream.core.StoreFixture.found;
import static dev.ragstream.core.StoreFixture.index;
import static dev.ragstream.core.StoreFixture.put;
import static dev.ragstream.core.StoreFixture.vector;
import static dev.ragstream.core.StoreFixture.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Filter;
import dev.ragstream.core.PassageStore;
import dev.ragstream.core.PassageStore.Candidate;
import dev.ragstream.core.PassageStore.Candidates;
import dev.ragstream.core.PassageStore.Query;
import dev.ragstream.core.PassageStore.QuestionVector;
import dev.ragstream.core.PassageWriter;
import dev.ragstream.core.StoreFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Index files that are not what was written. */
class DamagedIndexTest {

  @TempDir Path temporary;

  /** What can happen to a file. */
  enum Damage {
    DELETED,
    EMPTIED,
    HALVED,
    GARBLED,
    ONE_BYTE;

    void to(Path file, Random random) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      switch (this) {
        case DELETED -> Files.delete(file);
        case EMPTIED -> Files.write(file, new byte[0]);
        case HALVED -> Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        case GARBLED -> {
          random.nextBytes(bytes);
          Files.write(file, bytes);
        }
        case ONE_BYTE -> {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
          Files.write(file, bytes);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whateverFileIsDamagedTheStoreFailsInWordsAndARebuildMendsIt(Damage damage)
      throws IOException {
    Random random = new Random(4);
    Path whole = temporary.resolve("whole");
    make(whole);
    List<Failure> failures = new ArrayList<>();
    for (Path file : files(whole)) {
      Path folder = copy(whole, temporary.resolve("damaged-" + file.getFileName()));
      damage.to(folder.resolve(file.getFileName()), random);
      try (PassageStore store = new LuceneStore(folder)) {
        try {
          useAll(store);
        } catch (FailureException e) {
          failures.add(e.failure());
        }
        rebuild(store);
        assertThat(found(store, words("mended"))).as("rebuilt, %s", file).containsExactly("m#1");
        assertThat(store.documents()).containsOnlyKeys("m");
      }
    }
    assertThat(failures)
        .isNotEmpty()
        .allSatisfy(failure -> {
          assertThat(failure.kind()).isIn(Failure.Kind.STORE, Failure.Kind.STORE_MISSING);
          assertThat(failure.remedy()).contains("ragstream index");
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"DELETED", "GARBLED"})
  void aRebuildKeepsFilesThatAreNotItsOwn(Damage damage) throws IOException {
    Path folder = temporary.resolve("index");
    make(folder);
    Files.writeString(folder.resolve("notes.txt"), "mine");
    for (Path file : files(folder)) {
      if (file.getFileName().toString().startsWith("segments")) {
        damage.to(file, new Random(1));
      }
    }
    try (PassageStore store = new LuceneStore(folder)) {
      try {
        rebuild(store);
        assertThat(found(store, words("mended"))).containsExactly("m#1");
      } catch (FailureException e) {
        assertThat(e.failure().problem()).contains("other files");
      }
    }
    try (Stream<Path> all = Files.walk(temporary)) {
      assertThat(all.filter(file -> file.endsWith("notes.txt"))).hasSize(1);
    }
  }

  private static void make(Path folder) {
    try (PassageStore store = new LuceneStore(folder)) {
      for (int document = 0; document < 6; document++) {
        String source = "d" + document;
        index(
            store,
            chunk(source, 1, "rain and wind over town " + document, document * 30),
            chunk(source, 2, "the library lends books " + document, document * 50));
      }
      try (PassageWriter writer = store.write(StoreFixture.MODEL, false)) {
        put(writer, "d0", "2", chunk("d0", 1, "rain again", 12));
        writer.commit();
      }
    }
  }

  private static void rebuild(PassageStore store) {
    try (PassageWriter writer = store.write(StoreFixture.MODEL, true)) {
      put(writer, "m", "1", chunk("m", 1, "mended", 0));
      writer.commit();
    }
  }

  private static void useAll(PassageStore store) {
    store.status();
    store.documents();
    Query query =
        new Query(
            "rain library", new QuestionVector(StoreFixture.MODEL, vector(3)), Filter.NONE, 20);
    try (Candidates candidates = store.search(query)) {
      candidates.load(candidates.lexical().stream().map(Candidate::id).toList());
      candidates.load(candidates.vector().stream().map(Candidate::id).toList());
    }
    index(store, chunk("more", 1, "rain", 0));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.toString().endsWith("lock")).sorted().toList();
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    for (Path file : files(from)) {
      Files.copy(file, to.resolve(file.getFileName()));
    }
    return to;
  }
}
