package dev.ragstream.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexFilesTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"0, false", "1, false", "1048576, false", "1048577, true", "3000000, true"})
  void onlyLargeFilesAreMappedAndAllAreReadAsTheyWereWritten(int length, boolean mapped)
      throws Exception {
    byte[] written = new byte[length];
    new Random(length).nextBytes(written);
    try (IndexFiles files = new IndexFiles(folder)) {
      try (IndexOutput out = files.createOutput("file", IOContext.DEFAULT)) {
        out.writeBytes(written, length);
      }
      try (IndexInput in = files.openInput("file", IOContext.DEFAULT)) {
        byte[] read = new byte[length];
        in.clone().readBytes(read, 0, length);

        assertThat(in.length()).isEqualTo(length);
        assertThat(read).isEqualTo(written);
        assertThat(in.getClass().getName().contains("MemorySegment")).isEqualTo(mapped);
      }
    }
  }
}
