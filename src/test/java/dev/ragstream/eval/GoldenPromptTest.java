package dev.ragstream.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldenPromptTest {

  @TempDir private Path folder;

  @Test
  void aFileReadsWellAndHoldsNoCodeThatChanges() throws IOException {
    Path file = folder.resolve("umbrella.json");
    GoldenPrompts.of("today.md: Rain from noon.\nTake an umbrella.").write(file);
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            {
              "version" : 1,
              "question" : "Should I carry an umbrella?",
              "template" : "fenced",
              "messages" : [
                {
                  "role" : "system",
                  "content" : "Answer from the passages."
                },
                {
                  "role" : "user",
                  "content" : "The code is FENCE.\\n\\n<passage 1 FENCE>\\nsource: today.md\\n\\nRain from noon.\\nTake an umbrella.\\n</passage 1 FENCE>\\n\\nQuestion: Should I carry an umbrella?"
                }
              ],
              "passages" : [
                {
                  "n" : 1,
                  "id" : "today.md#0",
                  "title" : "",
                  "text" : "Rain from noon.\\nTake an umbrella."
                }
              ]
            }
            """);
  }

  @Test
  void whatIsWrittenIsReadAgainAndWrittenTheSame() throws IOException {
    GoldenPrompt golden = GoldenPrompts.of("今天.md: 中午有雨。\uD83C\uDF27", "old.md: \u001bDry.");
    Path file = folder.resolve("a.json");
    golden.write(file);
    String first = Files.readString(file);
    assertThat(GoldenPrompt.read(file)).isEqualTo(golden);
    GoldenPrompt.read(file).write(file);
    assertThat(Files.readString(file)).isEqualTo(first);
    assertThat(folder)
        .isDirectoryContaining(path -> path.equals(file))
        .isDirectoryNotContaining("glob:**.tmp");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                  | it is no golden prompt: .*
          hello                               | it is no golden prompt: .*
          []                                  | it is no golden prompt: .*
          null                                | it is no golden prompt: .*
          {"version": 2}                      | it has the version 2, not 1
          {"version": 2, "messages": "other"} | it has the version 2, not 1
          {}                                  | it is no golden prompt: .*version.*
          {"version": 1}                      | it is no golden prompt: .*question.*
          {"version": "one"}                  | it is no golden prompt: .*
          {"version": 1, "question": "q", "template": "t", "messages": [null], "passages": []} | it is no golden prompt: .*
          {"version": 1, "question": "q", "template": "t", "messages": [{"role": "user"}], "passages": []} | it is no golden prompt: .*content.*
          {"version": 1, "question": "q", "template": "t", "messages": [], "passages": [{"id": "a", "title": "", "text": "b"}]} | it is no golden prompt: .*'n'.*
          """)
  void aFileThatIsNoneIsRefused(String json, String why) throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), json);
    Failure failure = readFailure(file);
    assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
    assertThat(failure.problem())
        .startsWith("the golden prompt " + file + " cannot be read: ")
        .matches("(?s).* cannot be read: " + why);
    assertThat(failure.remedy())
        .isEqualTo("write it with 'ragstream prompt --save " + file + " QUESTION'");
  }

  @Test
  void aMissingFileAFolderAndAnotherEncodingAreTold() throws IOException {
    assertThat(readFailure(folder.resolve("none.json")).problem())
        .endsWith("cannot be read: there is no such file");
    assertThat(readFailure(folder).problem()).contains("cannot be read: ");
    Path latin = Files.write(folder.resolve("latin.json"), new byte[] {'"', (byte) 0xE9, '"'});
    assertThat(readFailure(latin).problem()).endsWith("cannot be read: it is not UTF-8 text");
  }

  @Test
  void aFileThatCannotBeWrittenIsTold() {
    Path file = folder.resolve("none").resolve("a.json");
    FailureException thrown =
        catchThrowableOfType(
            FailureException.class, () -> GoldenPrompts.of("a.md: Rain.").write(file));
    assertThat(thrown.failure().kind()).isEqualTo(Failure.Kind.USAGE);
    assertThat(thrown.failure().problem())
        .startsWith("the golden prompt " + file + " cannot be written: ");
  }

  private static Failure readFailure(Path file) {
    return catchThrowableOfType(FailureException.class, () -> GoldenPrompt.read(file)).failure();
  }
}
