package dev.ragstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerPiecesTest {

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "plain,,plain",
        "'  two spaces',,'  two spaces'",
        "<think>why</think>because,why,because",
        "'\n <think>\nwhy not\n</think>\n\nbecause\n',why not,'because\n'",
        "<think></think>because,,because",
        "<think>a < b </ c </thin d</think>x,a < b </ c </thin d,x",
        "<think>never closed </thi,never closed </thi,",
        "<thin,,<thin",
        "<b>bold</b>,,<b>bold</b>",
        "In code: <think>x</think>,,In code: <think>x</think>",
        "<think>a</think>b <think>c</think>,a,b <think>c</think>",
        "' \n',,' \n'"
      })
  void thinkingIsToldFromTheAnswerWhereverThePiecesAreCut(
      String text, String reasoning, String answer) {
    for (int first = 0; first <= text.length(); first++) {
      for (int second = first; second <= text.length(); second++) {
        RecordingReader reader =
            read(text.substring(0, first), text.substring(first, second), text.substring(second));
        assertThat(reader.thoughts()).isEqualTo(reasoning == null ? "" : reasoning);
        assertThat(reader.answer()).isEqualTo(answer == null ? "" : answer);
        assertThat(reader.text).doesNotContain("");
        assertThat(reader.reasoning).doesNotContain("");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UNOPENED, so</think>Yes, so, Yes",
    "UNOPENED, <think>so</think>Yes, so, Yes",
    "UNOPENED, no tag at all, , no tag at all",
    "UNOPENED, so</think>in code: <think></think>, so, in code: <think></think>",
    "UNOPENED, a </thin b, , a </thin b",
    "OPEN, so</think>Yes, so, Yes",
    "OPEN, <think>so</think>Yes, so, Yes",
    "OPEN, never closed </thi, never closed </thi, ",
    "TAGGED, so</think>Yes, , so</think>Yes",
    "NONE, <think>so</think>Yes, , <think>so</think>Yes"
  })
  void theOpenerMayBeMissingWhereThatIsToBeExpected(
      ThinkTags tags, String text, String reasoning, String answer) {
    for (int first = 0; first <= text.length(); first++) {
      for (int second = first; second <= text.length(); second++) {
        RecordingReader reader = new RecordingReader();
        AnswerPieces pieces = new AnswerPieces(reader, tags);
        pieces.text(text.substring(0, first));
        pieces.text(text.substring(first, second));
        pieces.text(text.substring(second));
        pieces.end();
        assertThat(reader.thoughts()).isEqualTo(reasoning == null ? "" : reasoning);
        assertThat(reader.answer()).isEqualTo(answer == null ? "" : answer);
      }
    }
  }

  @Test
  void whereTheReasoningComesByItselfNoTextIsHeld() {
    RecordingReader reader = new RecordingReader();
    AnswerPieces pieces = new AnswerPieces(reader, ThinkTags.UNOPENED);
    pieces.text("\n");
    pieces.reasoning("hm");
    pieces.text("Yes");
    assertThat(reader.reasoning).containsExactly("hm");
    assertThat(reader.text).containsExactly("\n", "Yes");
  }

  @ParameterizedTest
  @CsvSource({
    "deepseek-r1:8b, UNOPENED",
    "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B, UNOPENED",
    "Qwen/QwQ-32B, UNOPENED",
    "qwen3-30b-a3b-thinking-2507, UNOPENED",
    "deepseek-reasoner, UNOPENED",
    "gpt-4o-mini, TAGGED",
    "qwen3:8b, TAGGED"
  })
  void reasoningModelsAreKnownByTheirNames(String model, ThinkTags tags) {
    assertThat(ThinkTags.usual(model)).isEqualTo(tags);
  }

  @Test
  void whatCannotBeATagIsNotHeldBack() {
    RecordingReader reader = new RecordingReader();
    AnswerPieces pieces = new AnswerPieces(reader, ThinkTags.TAGGED);
    pieces.text("<think>one <");
    pieces.text("b two");
    assertThat(reader.reasoning).containsExactly("one", " <b two");
  }

  @Test
  void halvesOfACharacterAreJoined() {
    assertThat(read("a\uD83C", "\uDF02b").text).containsExactly("a", "\uD83C\uDF02b");
    assertThat(read("\uD83C", "", "\uDF02").text).containsExactly("\uD83C\uDF02");
  }

  @Test
  void aHalfThatStaysAloneBecomesAReplacementCharacter() {
    assertThat(read("a\uD83C", "b").answer()).isEqualTo("a\uFFFDb");
    assertThat(read("a\uDF02b").answer()).isEqualTo("a\uFFFDb");
    assertThat(read("\uD83C\uD83C\uDF02").answer()).isEqualTo("\uFFFD\uD83C\uDF02");
    assertThat(read("end\uD83C").text).isEqualTo(List.of("end", "\uFFFD"));
  }

  private static RecordingReader read(String... texts) {
    RecordingReader reader = new RecordingReader();
    AnswerPieces pieces = new AnswerPieces(reader, ThinkTags.TAGGED);
    for (String text : texts) {
      pieces.text(text);
    }
    pieces.end();
    return reader;
  }
}
