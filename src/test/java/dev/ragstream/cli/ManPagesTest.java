package dev.ragstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/docs} writes the pages; this test says when it has to be run again. */
class ManPagesTest {

  private static final Path FOLDER = Path.of("docs", "man");

  @Test
  void pagesSayWhatTheProgramDoes() throws IOException {
    Map<String, String> pages = ManPages.all();
    if (Boolean.getBoolean("ragstream.writeDocs")) {
      Files.createDirectories(FOLDER);
      for (Map.Entry<String, String> page : pages.entrySet()) {
        Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
      }
    }
    for (Map.Entry<String, String> page : pages.entrySet()) {
      assertThat(FOLDER.resolve(page.getKey()))
          .as("run scripts/docs to write it anew")
          .content()
          .isEqualTo(page.getValue());
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(pages.keySet());
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no mandoc")
  void mandocFindsNothingToWarnOf(@TempDir Path folder) throws Exception {
    for (Map.Entry<String, String> page : ManPages.all().entrySet()) {
      Path file = Files.writeString(folder.resolve(page.getKey()), page.getValue());
      Process mandoc =
          new ProcessBuilder(List.of("mandoc", "-T", "lint", "-W", "warning", file.toString()))
              .redirectErrorStream(true)
              .start();
      String said = new String(mandoc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      // A date would make each build another.
      assertThat(said.lines().filter(line -> !line.contains("missing date"))).isEmpty();
    }
  }
}
