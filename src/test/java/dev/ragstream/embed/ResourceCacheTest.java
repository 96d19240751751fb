package dev.ragstream.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceCacheTest {

  private static final String RESOURCE = BundledModel.BGE_SMALL_EN.tokenizerResource();

  @TempDir Path folder;

  @Test
  void aResourceIsUnpackedUnderItsOwnName() throws IOException {
    Path file = unpack(folder);

    assertThat(file).hasFileName(RESOURCE).startsWith(folder);
    assertThat(file).hasBinaryContent(contents());
  }

  @Test
  void whatIsThereIsLeftAlone() throws IOException {
    Path file = unpack(folder);
    FileTime longAgo = FileTime.fromMillis(0);
    Files.setLastModifiedTime(file, longAgo);

    unpack(folder);

    assertThat(Files.getLastModifiedTime(file)).isEqualTo(longAgo);
  }

  @Test
  void aFileThatWasCutOffIsReplaced() throws IOException {
    Path file = unpack(folder);
    Files.writeString(file, "half");

    unpack(folder);

    assertThat(file).hasBinaryContent(contents());
  }

  @Test
  void manyMayUnpackAtOnce() throws Exception {
    List<Future<Path>> files = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 16; i++) {
        files.add(threads.submit(() -> unpack(folder)));
      }
    }
    for (Future<Path> file : files) {
      assertThat(file.get()).hasBinaryContent(contents());
    }
    try (Stream<Path> left = Files.list(files.getFirst().get().getParent())) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsReplacedByATemporaryOne() throws IOException {
    Path occupied = Files.writeString(folder.resolve("occupied"), "a file");

    Path file = unpack(occupied);

    assertThat(file).hasBinaryContent(contents());
    assertThat(occupied).hasContent("a file");
  }

  @Test
  void aResourceThatDoesNotExistIsNamed() {
    assertThatThrownBy(() -> new ResourceCache(folder).unpack("x", List.of("no/such.onnx")))
        .isInstanceOf(IOException.class)
        .hasMessage("no jar on the class path holds no/such.onnx");
  }

  private static Path unpack(Path folder) throws IOException {
    return new ResourceCache(folder).unpack("tokenizer", List.of(RESOURCE)).resolve(RESOURCE);
  }

  private static byte[] contents() throws IOException {
    try (var in = ResourceCacheTest.class.getResourceAsStream("/" + RESOURCE)) {
      return in.readAllBytes();
    }
  }
}
