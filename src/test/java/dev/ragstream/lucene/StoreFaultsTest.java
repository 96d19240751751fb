package dev.ragstream.lucene;

import static dev.ragstream.core.StoreFixture.chunk;
import static dev.ragstream.core.StoreFixture.failure;
import static dev.ragstream.core.StoreFixture.found;
import static dev.ragstream.core.StoreFixture.index;
import static dev.ragstream.core.StoreFixture.put;
import static dev.ragstream.core.StoreFixture.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.PassageStore;
import dev.ragstream.core.PassageWriter;
import dev.ragstream.core.StoreFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that are full, folders that are someone else's or may not be written. */
class StoreFaultsTest {

  @TempDir Path temporary;

  @ParameterizedTest
  @ValueSource(longs = {0, 50, 100, 200, 500, 1_000, 5_000, 20_000, 100_000, 300_000})
  void onAFullDiskTheOldStateStaysSearchableAndTheNextRunGoesOn(long bytes) {
    Path folder = temporary.resolve("index");
    try (PassageStore store = new LuceneStore(folder)) {
      index(store, chunk("old", 1, "rain", 0));
    }
    AtomicLong room = new AtomicLong(bytes);
    try (PassageStore store =
        new LuceneStore(folder, path -> new FullDisk(FSDirectory.open(path), room))) {
      Failure failure = failure(() -> fill(store));

      assertFullDisk(failure, folder);
      assertThat(found(store, words("rain"))).contains("old#1");
      room.set(Long.MAX_VALUE);
      index(store, chunk("next", 1, "rain", 0));
      assertThat(found(store, words("rain"))).contains("old#1", "next#1");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 50, 100, 200, 400})
  void aDiskTooFullForANewIndexLeavesNothingBehind(long bytes) {
    Path folder = temporary.resolve("index");
    AtomicLong room = new AtomicLong(bytes);
    try (PassageStore store =
        new LuceneStore(folder, path -> new FullDisk(FSDirectory.open(path), room))) {
      assertFullDisk(failure(() -> fill(store)), folder);
      room.set(Long.MAX_VALUE);
      index(store, chunk("next", 1, "rain", 0));

      assertThat(found(store, words("rain"))).containsExactly("next#1");
      assertThat(temporary).isDirectoryContaining(folder::equals);
      assertThat(temporary.toFile().list()).hasSize(1);
    }
  }

  @Test
  void aRealFullDiskIsNoDifferent() throws Exception {
    Path disk = Files.createDirectory(temporary.resolve("disk"));
    assumeTrue(ran("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk), "may not mount");
    try (PassageStore store = new LuceneStore(disk.resolve("index"))) {
      index(store, chunk("old", 1, "rain", 0));
      Path ballast = disk.resolve("ballast");
      Failure failure =
          failure(() -> {
            Files.write(ballast, new byte[150 << 10]);
            fill(store);
          });

      assertFullDisk(failure, disk.resolve("index"));
      assertThat(found(store, words("rain"))).contains("old#1");
      Files.delete(ballast);
      index(store, chunk("next", 1, "snow", 0));
      assertThat(found(store, words("snow"))).containsExactly("next#1");
    } finally {
      ran("umount", disk);
    }
  }

  @Test
  void aFolderWithOtherFilesIsRefusedAndLeftAsItIs() throws IOException {
    Files.writeString(temporary.resolve("thesis.md"), "all my work");
    try (PassageStore store = new LuceneStore(temporary)) {
      for (boolean rebuild : new boolean[] {false, true}) {
        Failure failure = failure(() -> store.write(StoreFixture.MODEL, rebuild));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.STORE);
        assertThat(failure.problem()).contains(temporary.toString(), "other files");
        assertThat(failure.remedy()).contains("store.path");
      }
      assertThat(failure(store::status).kind()).isEqualTo(Failure.Kind.STORE_MISSING);
    }
    assertThat(temporary.toFile().list()).containsExactly("thesis.md");
  }

  @Test
  void aFileInTheFoldersPlaceIsRefused() throws IOException {
    Path file = Files.writeString(temporary.resolve("index"), "a file");
    try (PassageStore store = new LuceneStore(file)) {
      assertThat(failure(() -> store.write(StoreFixture.MODEL, true)).kind())
          .isEqualTo(Failure.Kind.STORE);
    }
    try (PassageStore store = new LuceneStore(file.resolve("below"))) {
      assertThat(failure(() -> store.write(StoreFixture.MODEL, true)).kind())
          .isEqualTo(Failure.Kind.STORE);
    }
  }

  @Test
  void anEmptyFolderBecomesAnIndex() {
    try (PassageStore store = new LuceneStore(temporary)) {
      assertThat(store.documents()).isEmpty();
      index(store, chunk("a", 1, "rain", 0));
      assertThat(store.documents()).containsOnlyKeys("a");
    }
  }

  @Test
  void aFolderThatMayNotBeWrittenCanBeSearched() throws IOException {
    Path folder = temporary.resolve("index");
    try (PassageStore store = new LuceneStore(folder)) {
      index(store, chunk("a", 1, "rain", 0));
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
      assumeFalse(Files.isWritable(folder), "the administrator may write everywhere");
      assertMayNotBeWritten(store);
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void aDiskThatMayOnlyBeReadCanBeSearched() throws Exception {
    Path disk = Files.createDirectory(temporary.resolve("disk"));
    assumeTrue(ran("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk), "may not mount");
    try (PassageStore store = new LuceneStore(disk.resolve("index"))) {
      index(store, chunk("a", 1, "rain", 0));
      assumeTrue(ran("mount", "-o", "remount,ro", disk), "may not mount");
      assertMayNotBeWritten(store);
    } finally {
      ran("umount", disk);
    }
  }

  private static void assertMayNotBeWritten(PassageStore store) {
    Failure failure = failure(() -> store.write(StoreFixture.MODEL, false));

    assertThat(failure.kind()).isEqualTo(Failure.Kind.STORE);
    assertThat(failure.problem()).contains("cannot be written");
    assertThat(failure.remedy()).contains("permissions");
    assertThat(found(store, words("rain"))).containsExactly("a#1");
  }

  @Test
  void anotherIndexInTheSamePlaceIsSeen() throws IOException {
    Path folder = temporary.resolve("index");
    Path other = temporary.resolve("other");
    try (PassageStore store = new LuceneStore(folder);
        PassageStore another = new LuceneStore(other)) {
      index(store, chunk("a", 1, "rain", 0));
      index(another, chunk("b", 1, "rain", 0));
      assertThat(found(store, words("rain"))).containsExactly("a#1");
      Files.move(folder, temporary.resolve("old"));
      Files.move(other, folder);

      assertThat(found(store, words("rain"))).containsExactly("b#1");
    }
  }

  @Test
  void anIndexThatVanishesBesideAnOpenStoreIsMissing() throws IOException {
    Path folder = temporary.resolve("index");
    try (PassageStore store = new LuceneStore(folder)) {
      index(store, chunk("a", 1, "rain", 0));
      assertThat(found(store, words("rain"))).containsExactly("a#1");
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);

      assertThat(failure(() -> found(store, words("rain"))).kind())
          .isEqualTo(Failure.Kind.STORE_MISSING);
      index(store, chunk("b", 1, "rain", 0));
      assertThat(found(store, words("rain"))).containsExactly("b#1");
    }
  }

  /** Writes until the disk is full, with a commit now and then, and merges. */
  private static void fill(PassageStore store) {
    try (PassageWriter writer = store.write(StoreFixture.MODEL, false)) {
      for (int document = 0; document < 3_000; document++) {
        String text = "words of document " + Integer.toString(document * 7919, 36);
        put(writer, "d" + document, "1", chunk("d" + document, 1, text, document));
        if (document % 10 == 0) {
          writer.commit();
        }
      }
    }
  }

  private static void assertFullDisk(Failure failure, Path folder) {
    assertThat(failure.kind()).isEqualTo(Failure.Kind.STORE);
    assertThat(failure.problem()).contains(folder.toString(), "No space left on device");
    assertThat(failure.remedy()).contains("free space", "the next run goes on");
  }

  private static boolean ran(Object... command) throws IOException, InterruptedException {
    try {
      String[] words = new String[command.length];
      for (int i = 0; i < words.length; i++) {
        words[i] = command[i].toString();
      }
      return new ProcessBuilder(words).start().waitFor() == 0;
    } catch (IOException | FailureException _) {
      return false;
    }
  }
}
