package dev.ragstream.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Message.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnreadTest {

  private static final String FENCE = "0badc0de";

  /** Three passages of a hundred words, and little else. */
  private static final List<Excerpt> EXCERPTS =
      Samples.passages("rain ".repeat(100), "wind ".repeat(100), "snow ".repeat(100)).stream()
          .map(Samples::excerpt)
          .toList();

  @ParameterizedTest
  @CsvSource({"400", "301", "-1"})
  void aServerThatReadNearlyAllOrDoesNotSayIsTrusted(int read) {
    assertThat(Unread.of(prompt(400), new Usage(read, 1))).isNull();
  }

  @Test
  void aFewTokensOfAShortPromptAreNoLoss() {
    assertThat(Unread.of(prompt(80), new Usage(17, 1))).isNull();
  }

  @ParameterizedTest
  @CsvSource({"290, 1", "200, 1 2", "40, 1 2 3"})
  void thePassagesInTheCutBeginningAreNamed(int read, String passages) {
    Unread unread = requireNonNull(Unread.of(prompt(400), new Usage(read, 1)));
    assertThat(unread.sent()).isEqualTo(400);
    assertThat(unread.read()).isEqualTo(read);
    assertThat(unread.passages().stream().map(String::valueOf))
        .containsExactly(passages.split(" "));
  }

  @Test
  void whereATemplateHidesItsPassagesOnlyTheCountsAreTold() {
    Prompt hidden =
        new Prompt(
            new Question("rain?"),
            "hidden",
            List.of(new Message(Role.USER, "something else altogether")),
            EXCERPTS,
            FENCE,
            ledger(400));
    Unread unread = requireNonNull(Unread.of(hidden, new Usage(100, 1)));
    assertThat(unread.problem()).isEqualTo("the model's server read only 100 of about 400 tokens");
  }

  @Test
  void itSaysWhatWasCutAndWhatToDo() {
    Unread unread = new Unread(3000, 2048, List.of(1, 2));
    assertThat(unread.problem())
        .isEqualTo(
            "the model's server read only 2048 of about 3000 tokens; passages [1], [2] fell in the"
                + " part that was cut");
    assertThat(unread.remedy()).contains("ollama:NAME", "no more than 2048 tokens");
  }

  private static Prompt prompt(int total) {
    StringBuilder user = new StringBuilder();
    EXCERPTS.forEach(excerpt -> user.append(excerpt.fenced(FENCE)).append('\n'));
    return new Prompt(
        new Question("rain?"),
        "default",
        List.of(
            new Message(Role.SYSTEM, "Answer from the passages."),
            new Message(Role.USER, user + "rain?")),
        EXCERPTS,
        FENCE,
        ledger(total));
  }

  private static Ledger ledger(int total) {
    return new Ledger(4096, 1024, 10, 0, 0, 1, total, List.of());
  }
}
