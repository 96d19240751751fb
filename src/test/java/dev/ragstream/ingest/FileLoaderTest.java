package dev.ragstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLoaderTest {

  private static final Limits LIMITS = new Limits(1000, 1000);

  @TempDir private Path folder;

  @Test
  void aFileIsLoadedWhole() throws IOException {
    assertThat(new FileLoader(LIMITS).load(found("text")).bytes()).asString().isEqualTo("text");
  }

  @Test
  void aFileThatChangesWhileItIsReadIsReadAgain() throws IOException {
    Found found = found("old");
    AtomicInteger reads = new AtomicInteger();
    FileLoader loader =
        new FileLoader(
            LIMITS,
            path -> {
              var in = Files.newInputStream(path);
              if (reads.incrementAndGet() == 1) {
                Files.writeString(path, "newer text");
              }
              return in;
            });

    assertThat(loader.load(found).bytes()).asString().isEqualTo("newer text");
    assertThat(reads).hasValue(2);
  }

  @Test
  void aFileThatKeepsChangingIsReported() throws IOException {
    Found found = found("x");
    FileLoader loader =
        new FileLoader(
            LIMITS,
            path -> {
              var in = Files.newInputStream(path);
              Files.writeString(path, Files.readString(path) + "x");
              return in;
            });

    assertThat(failure(loader, found).problem())
        .isEqualTo("notes.md changed each of the 3 times it was read");
  }

  @Test
  void aFileThatVanishedIsReported() throws IOException {
    Found found = found("text");
    Files.delete(found.path());

    assertThat(failure(new FileLoader(LIMITS), found))
        .isEqualTo(
            new Failure(
                Failure.Kind.DOCUMENT,
                "notes.md vanished before it was read",
                "index again to forget it"));
  }

  @Test
  void aFileThatGrewBeyondTheLimitIsReported() throws IOException {
    assertThat(failure(new FileLoader(LIMITS), found("x".repeat(1001))).problem())
        .isEqualTo("notes.md grew beyond the limit of 1 MB");
  }

  @Test
  void aFileThatMayNotBeReadIsReported() throws IOException {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
    Found found = found("text");
    Files.setPosixFilePermissions(found.path(), PosixFilePermissions.fromString("---------"));

    assertThat(failure(new FileLoader(LIMITS), found).problem())
        .isEqualTo("notes.md may not be read: permission denied");
  }

  private Found found(String content) throws IOException {
    return new Found(Files.writeString(folder.resolve("notes.md"), content), "notes.md");
  }

  private static Failure failure(FileLoader loader, Found found) {
    return catchThrowableOfType(FailureException.class, () -> loader.load(found)).failure();
  }
}
