package dev.ragstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code scripts/docs} writes the page; this test says when it has to be run again. */
class FaultsPageTest {

  private static final Path PAGE = Path.of("docs", "faults.md");

  @Test
  void thePageIsTheTableThatTheTestsPlay() throws IOException {
    if (Boolean.getBoolean("ragstream.writeDocs")) {
      Files.writeString(PAGE, FaultsPage.markdown());
    }
    assertThat(PAGE)
        .as("run scripts/docs to write it anew")
        .content()
        .isEqualTo(FaultsPage.markdown());
  }
}
