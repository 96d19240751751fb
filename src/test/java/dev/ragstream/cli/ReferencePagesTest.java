package dev.ragstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code scripts/docs} writes the pages; this test says when it has to be run again. */
class ReferencePagesTest {

  private static final Path FOLDER = Path.of("docs", "reference");

  @Test
  void pagesSayWhatTheProgramDoes() throws IOException {
    if (Boolean.getBoolean("ragstream.writeDocs")) {
      write();
    }
    for (Map.Entry<String, String> page : ReferencePages.all().entrySet()) {
      assertThat(FOLDER.resolve(page.getKey()))
          .as("run scripts/docs to write it anew")
          .content()
          .isEqualTo(page.getValue());
    }
  }

  /** As picocli does where a text has a variable that it does not know. */
  @Test
  void noPageHasTextThatIsNotThere() {
    assertThat(ReferencePages.all().get("commands.md")).doesNotContainPattern("\\bnull\\b");
    assertThat(ManPages.all().values())
        .allSatisfy(page -> assertThat(page).doesNotContainPattern("\\bnull\\b"));
  }

  private static void write() throws IOException {
    Files.createDirectories(FOLDER);
    for (Map.Entry<String, String> page : ReferencePages.all().entrySet()) {
      Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
    }
  }
}
