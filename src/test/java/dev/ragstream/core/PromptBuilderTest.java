package dev.ragstream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragstream.core.Ledger.Entry;
import dev.ragstream.core.Ledger.Outcome;
import dev.ragstream.core.Ledger.Reason;
import dev.ragstream.core.Message.Role;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * With {@link FixedTemplate#STANDARD} and a question of one word the bare prompt costs 3 tokens; a
 * passage costs 8 for its delimiters and source, and its words.
 */
class PromptBuilderTest {

  private static final String LONG = sentence(29) + " " + sentence(19) + " " + sentence(19);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # letters are passages of ten words, the same letter the same text; L has 30 + 20 + 20
          room | topK | minScore | passages | outcomes
          # all fit: 3 + 3 * 18 = 57
          57   | 5    | 0        | abc      | kept kept kept
          56   | 5    | 0        | abc      | kept kept budget
          39   | 5    | 0        | abc      | kept kept budget
          38   | 5    | 0        | abc      | kept budget budget
          20   | 5    | 0        | abc      | budget budget budget
          3    | 5    | 0        | abc      | budget budget budget
          # too little is left for another whole passage
          80   | 5    | 0        | aLb      | kept clipped:58 budget
          # what is left goes to something shorter
          98   | 5    | 0        | aLb      | kept clipped:58 kept
          # one sentence of 30 words is too little, two fit, then all three
          99   | 5    | 0        | aLb      | kept kept budget
          79   | 5    | 0        | aLb      | kept clipped:58 budget
          78   | 5    | 0        | aLb      | kept budget kept
          # a duplicate costs no place and no tokens
          99   | 5    | 0        | aab      | kept duplicate:1 kept
          99   | 2    | 0        | aabbc    | kept duplicate:1 kept duplicate:3 top-k
          99   | 2    | 0        | abc      | kept kept top-k
          99   | 1    | 0        | aba      | kept top-k duplicate:1
          # passage n scores 1 / (60 + n)
          99   | 5    | 0.0160   | abc      | kept kept min-score
          99   | 5    | 0.5      | abc      | min-score min-score min-score
          99   | 1    | 0.0160   | abc      | kept top-k min-score
          """,
      useHeadersInDisplayName = true)
  void accountsForEveryPassage(
      int room, int topK, double minScore, String passages, String outcomes) {
    Retrieval.Options options =
        new Retrieval.Options(Retrieval.Mode.HYBRID, topK, 50, minScore, Filter.NONE);
    String[] texts = passages.chars().mapToObj(PromptBuilderTest::text).toArray(String[]::new);
    Prompt prompt =
        builder(FixedTemplate.STANDARD, room)
            .build(
                new Question("rain?"),
                new Retrieval("rain?", options, Samples.passages(texts), Duration.ZERO));
    assertThat(outcomes(prompt.ledger())).isEqualTo(outcomes);
    assertThat(prompt.ledger().total()).isEqualTo(words(prompt)).isLessThanOrEqualTo(room);
  }

  @Test
  void theLedgerSaysWhereEachTokenGoes() {
    Question question =
        new Question(
            "Should I carry an umbrella?",
            List.of(new Message(Role.USER, "Hello there"), new Message(Role.ASSISTANT, "Hi")));
    Prompt prompt =
        builder(FixedTemplate.STANDARD, 100)
            .build(question, Samples.retrieval(Samples.passages(text('a'), text('b'))));
    assertThat(prompt.ledger())
        .isEqualTo(
            new Ledger(
                150,
                50,
                2, // Answer. Question:
                5, // user: Hello there assistant: Hi
                0,
                5,
                2 + 5 + 5 + 18 + 18,
                prompt.ledger().entries()));
    assertThat(prompt.ledger().entries())
        .extracting(Entry::fullTokens, Entry::tokens)
        .allSatisfy(tokens -> assertThat(tokens.toList()).containsExactly(18, 18));
  }

  @Test
  void aClippedPassageEndsAtASentence() {
    Prompt prompt =
        builder(FixedTemplate.STANDARD, 80)
            .build(new Question("rain?"), Samples.retrieval(Samples.passages(LONG)));
    assertThat(prompt.excerpts())
        .extracting(Excerpt::text)
        .containsExactly(sentence(29) + " " + sentence(19));
    assertThat(prompt.ledger().entries().getFirst().fullTokens()).isEqualTo(78);
  }

  @Test
  void theOldestTurnsGoFirstAndNoAnswerStaysWithoutItsQuestion() {
    Question question =
        new Question(
            "rain?",
            List.of(
                new Message(Role.USER, "one"),
                new Message(Role.ASSISTANT, "1 ".repeat(20)),
                new Message(Role.USER, "two"),
                new Message(Role.ASSISTANT, "2 ".repeat(20)),
                new Message(Role.USER, "three")));
    // 3 + 2 * 28: half of what is left is enough for the last three messages, not for four.
    Prompt prompt =
        builder(FixedTemplate.STANDARD, 3 + 2 * 28)
            .build(question, Samples.retrieval(Samples.passages(text('a'))));
    assertThat(prompt.messages().getFirst().content())
        .contains("user: two\nassistant: 2")
        .doesNotContain("one", "1 1");
    assertThat(prompt.ledger().droppedMessages()).isEqualTo(2);
    assertThat(prompt.ledger().history()).isEqualTo(2 + 21 + 2);

    Prompt shorter =
        builder(FixedTemplate.STANDARD, 3 + 2 * 24)
            .build(question, Samples.retrieval(Samples.passages(text('a'))));
    assertThat(shorter.messages().getFirst().content()).contains("user: three");
    assertThat(shorter.ledger().droppedMessages()).isEqualTo(4);
  }

  @Test
  void aQuestionThatAloneIsTooLongIsRefused() {
    assertThatThrownBy(() ->
            builder(FixedTemplate.STANDARD, 6)
                .build(new Question("Should I carry an umbrella?"), Samples.retrieval(List.of())))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> {
              assertThat(e.failure().kind()).isEqualTo(Failure.Kind.PROMPT_TOO_LONG);
              assertThat(e.failure().problem())
                  .isEqualTo(
                      "the question and the template alone take 7 tokens, and prompt.budget -"
                          + " prompt.reserve leaves 6");
            });
  }

  @Test
  void whatATemplateDoesNotShowCostsNothing() {
    Prompt prompt =
        builder(new FixedTemplate("Say hello."), 50)
            .build(
                new Question("rain?", List.of(new Message(Role.USER, "Hello"))),
                Samples.retrieval(Samples.passages(text('a'), LONG)));
    Ledger ledger = prompt.ledger();
    assertThat(List.of(ledger.template(), ledger.history(), ledger.question(), ledger.passages()))
        .containsExactly(2, 0, 0, 0);
    assertThat(outcomes(ledger)).isEqualTo("kept kept");
  }

  @Test
  void aPassageThatATemplateShowsTwiceCostsTwice() {
    Prompt prompt =
        builder(new FixedTemplate("$passages And again: $passages $question"), 100)
            .build(
                new Question("rain?"),
                Samples.retrieval(Samples.passages(text('a'), text('b'), text('c'))));
    assertThat(prompt.ledger().entries()).extracting(Entry::tokens).containsExactly(36, 36, 0);
    assertThat(prompt.ledger().template()).isEqualTo(2);
    assertThat(prompt.ledger().total()).isEqualTo(75).isEqualTo(words(prompt));
  }

  @Test
  void theSameQuestionAndPassagesMakeTheSamePrompt() {
    Retrieval retrieval = Samples.retrieval(Samples.passages(text('a'), text('b')));
    PromptBuilder builder = builder(FixedTemplate.STANDARD, 100);
    assertThat(builder.build(new Question("rain?"), retrieval))
        .isEqualTo(builder.build(new Question("rain?"), retrieval));
  }

  private static PromptBuilder builder(Template template, int room) {
    return new PromptBuilder(template, Samples::words, room + 50, 50);
  }

  private static int words(Prompt prompt) {
    return prompt.messages().stream().mapToInt(m -> Samples.words(m.content())).sum();
  }

  private static String text(int letter) {
    return letter == 'L' ? LONG : (Character.toString(letter) + " ").repeat(10).strip();
  }

  private static String sentence(int words) {
    return "The" + " rain".repeat(words - 1) + " ends.";
  }

  private static String outcomes(Ledger ledger) {
    return ledger.entries().stream()
        .map(PromptBuilderTest::outcome)
        .collect(Collectors.joining(" "));
  }

  private static String outcome(Entry entry) {
    return switch (entry.outcome()) {
      case Outcome.Kept() -> "kept";
      case Outcome.Clipped() -> "clipped:" + entry.tokens();
      case Outcome.Dropped(Reason reason) ->
          switch (reason) {
            case Reason.OverBudget() -> "budget";
            case Reason.DuplicateOf(int n) -> "duplicate:" + n;
            case Reason.BelowMinScore() -> "min-score";
            case Reason.BeyondTopK() -> "top-k";
          };
    };
  }
}
