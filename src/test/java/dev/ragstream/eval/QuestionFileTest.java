package dev.ragstream.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionFileTest {

  @TempDir private Path folder;

  @Test
  void theSampleSuiteIsRead() {
    assertThat(QuestionFile.read(Path.of("sample-data", "questions.yaml")))
        .hasSizeGreaterThan(50)
        .startsWith("Should I carry an umbrella?")
        .contains("今天出门要带伞吗？");
  }

  @Test
  void yamlMayBeAPlainList() throws IOException {
    assertThat(
            QuestionFile.read(
                written("a.yml", "- Umbrella?\n- question: Swim?\n  contains: [euro]\n")))
        .containsExactly("Umbrella?", "Swim?");
  }

  @Test
  void jsonLinesHoldAQuestionEach() throws IOException {
    Path file =
        written(
            "a.jsonl", "{\"question\": \"Umbrella?\", \"id\": 1}\n\n{\"question\": \"带伞吗？\"}\n");

    assertThat(QuestionFile.read(file)).containsExactly("Umbrella?", "带伞吗？");
  }

  @Test
  void ofPlainTextEachLineIsAQuestion() throws IOException {
    Path file = written("questions.txt", "\uFEFFUmbrella?\r\n\r\n  Swim?  \r\n");

    assertThat(QuestionFile.read(file)).containsExactly("Umbrella?", "Swim?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a.txt   | ` `                     | it holds none                       | write one question to a line
          a.yaml  | `questions: []`         | it holds none                       | write one question to a line
          a.yaml  | ` `                     | it has no list 'questions'          | write questions:, then - question: … beneath it
          a.yaml  | `question: Swim?`       | it has no list 'questions'          | write questions:, then - question: … beneath it
          a.yaml  | `[Swim?, {answer: 5}]`  | entry 2 has no text 'question'      | give it one, or remove it
          a.yaml  | `- a\n- b: c: d`        | it is not YAML, as line 2 shows     | correct the line
          a.jsonl | `{"question": "a"}\n{`  | line 2 is not JSON                  | write {"question": "…"} to each line
          a.jsonl | `{"question": 5}`       | line 1 has no text 'question'       | give it one, or remove it
          a.jsonl | `\n{"question": " "}`   | line 2 has no text 'question'       | give it one, or remove it
          """)
  void whatHoldsNoQuestionsIsRefused(String name, String text, String why, String remedy)
      throws IOException {
    Path file = written(name, text.replace("\\n", "\n"));

    assertThat(failure(file))
        .isEqualTo(
            new Failure(
                Failure.Kind.USAGE,
                "the questions in " + file + " cannot be read: " + why,
                remedy));
  }

  @Test
  void whatIsNoFileOfTextIsRefused() throws IOException {
    Path latin = folder.resolve("latin.txt");
    Files.write(latin, "Für wen?".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(failure(latin).problem()).endsWith("it is not UTF-8 text");
    assertThat(failure(folder.resolve("none.txt")).problem()).endsWith("there is no such file");
    assertThat(failure(folder).problem()).contains("cannot be read: ");
  }

  private Path written(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Failure failure(Path file) {
    return catchThrowableOfType(FailureException.class, () -> QuestionFile.read(file)).failure();
  }
}
