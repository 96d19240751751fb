package dev.ragstream.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorCacheTest {

  private static final VectorKey KEY = VectorKey.of("model", "text");
  private static final float[] VECTOR = {0.6f, -0.8f};

  @TempDir Path folder;
  private Path file;
  private final List<String> notices = new CopyOnWriteArrayList<>();

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("state").resolve("vectors.db");
  }

  @Test
  void aVectorIsFoundBeforeAndAfterTheCacheIsClosed() {
    try (VectorCache cache = open()) {
      cache.keep(KEY, VECTOR);
      assertThat(cache.find(KEY, 2)).containsExactly(VECTOR);
    }
    try (VectorCache cache = open()) {
      assertThat(cache.find(KEY, 2)).containsExactly(VECTOR);
    }
    assertThat(notices).isEmpty();
  }

  @Test
  void anotherModelOrTextOrLengthFindsNothing() {
    try (VectorCache cache = open()) {
      cache.keep(KEY, VECTOR);
    }
    try (VectorCache cache = open()) {
      assertThat(cache.find(VectorKey.of("other", "text"), 2)).isNull();
      assertThat(cache.find(VectorKey.of("model", "other"), 2)).isNull();
      assertThat(cache.find(KEY, 3)).isNull();
    }
  }

  @Test
  void hitsAndMissesAreCounted() {
    try (VectorCache cache = open()) {
      cache.keep(KEY, VECTOR);
      cache.find(KEY, 2);
      cache.find(KEY, 2);
      cache.find(VectorKey.of("model", "other"), 2);

      assertThat(cache.counts()).isEqualTo(new VectorCache.Counts(2, 1));
    }
  }

  @Test
  void vectorsAreLittleEndianFloats() throws Exception {
    try (VectorCache cache = open()) {
      cache.keep(KEY, new float[] {1f, -2f});
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var rows = connection.createStatement().executeQuery("SELECT * FROM vector")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("model")).isEqualTo("model");
      assertThat(rows.getBytes("hash")).isEqualTo(KEY.hashBytes());
      assertThat(rows.getBytes("vector"))
          .containsExactly(new int[] {0x00, 0x00, 0x80, 0x3F, 0x00, 0x00, 0x00, 0xC0});
    }
  }

  @Test
  void severalMayReadAndWriteAtOnce() throws Exception {
    int caches = 4;
    int each = 600;
    List<Future<?>> writers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(caches)) {
      for (int c = 0; c < caches; c++) {
        int offset = c * each / 2; // half of what each writes, the next one writes too
        writers.add(threads.submit(() -> keep(offset, offset + each)));
      }
    }
    for (Future<?> writer : writers) {
      writer.get();
    }
    assertThat(notices).isEmpty();
    try (VectorCache cache = open()) {
      for (int i = 0; i < (caches + 1) * each / 2; i++) {
        assertThat(cache.find(VectorKey.of("model", "text " + i), 2)).containsExactly(i, 1);
      }
    }
  }

  @Test
  void aDamagedFileIsSetAsideForANewOne() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "this is no database at all ".repeat(100));

    try (VectorCache cache = open()) {
      assertThat(cache.find(KEY, 2)).isNull();
      cache.keep(KEY, VECTOR);
    }
    try (VectorCache cache = open()) {
      assertThat(cache.find(KEY, 2)).containsExactly(VECTOR);
    }
    assertThat(file.resolveSibling("vectors.db.damaged")).content().startsWith("this is no");
    assertThat(notices)
        .containsExactly(
            "the vector cache %s was damaged; it is now %s.damaged, and a new one begins"
                .formatted(file, file));
  }

  @Test
  void damageInTheMiddleOfAFileIsFoundAndSetAside() throws IOException {
    keep(0, 2_000);
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 4_096; i < bytes.length; i++) {
      bytes[i] = (byte) 0xAA;
    }
    Files.write(file, bytes);

    try (VectorCache cache = open()) {
      assertThat(cache.find(VectorKey.of("model", "text 1"), 2)).isNull();
      cache.keep(KEY, VECTOR);
    }
    try (VectorCache cache = open()) {
      assertThat(cache.find(KEY, 2)).containsExactly(VECTOR);
    }
    assertThat(notices).hasSize(1);
  }

  @Test
  void aFileThatCannotBeWrittenIsToldOnceAndStopsNothing() throws IOException {
    Files.writeString(file.getParent(), "a file where the folder should be");

    try (VectorCache cache = open()) {
      for (int i = 0; i < 1_000; i++) {
        VectorKey key = VectorKey.of("model", "text " + i);
        assertThat(cache.find(key, 2)).isNull();
        cache.keep(key, VECTOR);
      }
    }
    assertThat(notices)
        .singleElement()
        .asString()
        .startsWith("the vector cache " + file + " cannot be used, so vectors are not kept: ");
  }

  @Test
  void aDatabaseOfSomethingElseIsNotTouched() throws Exception {
    Files.createDirectories(file.getParent());
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE vector (something TEXT)");
    }
    try (VectorCache cache = open()) {
      cache.keep(KEY, VECTOR);
    }
    assertThat(notices).hasSize(1);
    assertThat(file.resolveSibling("vectors.db.damaged")).doesNotExist();
  }

  @Test
  void whatIsNotUsedIsNotCreated() {
    open().close();

    assertThat(file).doesNotExist();
  }

  private VectorCache open() {
    return new VectorCache(file, notices::add);
  }

  private void keep(int from, int to) {
    try (VectorCache cache = open()) {
      for (int i = from; i < to; i++) {
        cache.keep(VectorKey.of("model", "text " + i), new float[] {i, 1});
      }
    }
  }
}
