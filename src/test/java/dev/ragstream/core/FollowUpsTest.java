package dev.ragstream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragstream.core.Message.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FollowUpsTest {

  /** Words of more than two letters, in lower case. */
  private static final TextAnalysis WORDS =
      new TextAnalysis() {
        @Override
        public List<String> passageTerms(String text) {
          return questionWords(text);
        }

        @Override
        public List<String> questionTerms(String text) {
          return questionWords(text);
        }

        @Override
        public List<String> questionWords(String text) {
          return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+"))
              .filter(word -> word.length() > 3)
              .distinct()
              .toList();
        }
      };

  private static final FollowUps TERMS = new EarlierTerms(WORDS);

  private final List<String> notices = new ArrayList<>();

  private static String lastSent(ScriptedModel model) {
    return Objects.requireNonNull(model.sent).messages().getLast().content();
  }

  private static Question question(String text, String... before) {
    List<Message> history = new ArrayList<>();
    for (int i = 0; i < before.length; i++) {
      history.add(new Message(i % 2 == 0 ? Role.USER : Role.ASSISTANT, before[i]));
    }
    return new Question(text, history);
  }

  private FollowUps reworded(ScriptedModel model) {
    return new StandaloneQuestion(model, String::length, TERMS, notices::add);
  }

  @Test
  void aFirstQuestionIsLookedForAsItWasAsked() throws Exception {
    ScriptedModel model = new ScriptedModel(reader -> reader.text("never asked"));

    assertThat(TERMS.query(question("What does a swim cost?"))).isEqualTo("What does a swim cost?");
    assertThat(reworded(model).query(question("What does a swim cost?")))
        .isEqualTo("What does a swim cost?");
    assertThat(model.sent).isNull();
  }

  @Test
  void wordsOfTheLastQuestionAreAddedAndNotThoseOfItsAnswer() throws Exception {
    String query =
        TERMS.query(
            question("And for children?", "What does a swim cost, children too?", "Five euros."));

    assertThat(query).isEqualTo("And for children? what does swim cost");
  }

  @Test
  void whereTheLastQuestionHasFewWordsThoseBeforeItCountToo() throws Exception {
    String query =
        TERMS.query(
            question(
                "And students?",
                "Where is the harbour bridge?",
                "There.",
                "What does swimming cost?",
                "Five.",
                "And children?",
                "Two."));

    assertThat(query).isEqualTo("And students? children what does swimming cost");
  }

  @Test
  void aQuestionThatStandsForItselfIsLookedForAsItWasAsked() throws Exception {
    String before = "Where can I park near the harbour bridge?";

    assertThat(TERMS.query(question("What does swimming cost grown people?", before, "There.")))
        .isEqualTo("What does swimming cost grown people?");
    assertThat(
            TERMS.query(question("What's it cost grown people without tickets?", before, "At A.")))
        .endsWith("tickets? where park near harbour bridge");
    assertThat(TERMS.query(question("那么周末的停车费用是多少钱呢？", "港口附近在哪里停车？", "A.")))
        .isNotEqualTo("那么周末的停车费用是多少钱呢？");
  }

  @Test
  void theModelsQuestionIsTheFirstLineThatItWrites() throws Exception {
    ScriptedModel model =
        new ScriptedModel(reader -> {
          reader.reasoning("They mean the pool.");
          reader.text("\n What does a swim cost");
          reader.text(" for children? \nThat is all.");
        });

    String query =
        reworded(model).query(question("And for children?", "What does a swim cost?", "Five."));

    assertThat(query).isEqualTo("What does a swim cost for children?");
    assertThat(notices).isEmpty();
    assertThat(lastSent(model))
        .contains("User: What does a swim cost?", "Assistant: Five.")
        .endsWith("The last question: And for children?");
  }

  @Test
  void whereTheModelFailsWordsOfBeforeAreAddedAndThatIsSaid() throws Exception {
    ScriptedModel failing =
        new ScriptedModel(_ -> {
          throw new FailureException(
              Failure.Kind.UPSTREAM_ERROR, "the server is busy", "wait a little");
        });
    ScriptedModel mute = new ScriptedModel(_ -> {});
    Question question = question("And children?", "What does swimming cost?", "Five.");

    assertThat(reworded(failing).query(question))
        .isEqualTo("And children? what does swimming cost");
    assertThat(reworded(mute).query(question)).isEqualTo("And children? what does swimming cost");
    assertThat(notices).hasSize(2);
    assertThat(notices.getFirst()).contains("the server is busy");
    assertThat(notices.getLast()).contains("the model gave no question");
  }

  @Test
  void anInterruptEndsTheRewording() {
    ScriptedModel model =
        new ScriptedModel(_ -> {
          throw new InterruptedException();
        });

    assertThatThrownBy(() -> reworded(model).query(question("And children?", "Swimming?", "Five.")))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void longMessagesOfBeforeAreClippedBetweenCharacters() throws Exception {
    ScriptedModel model = new ScriptedModel(reader -> reader.text("What?"));

    reworded(model).query(question("And?", "x".repeat(1499) + "😀 and more", "Five."));

    assertThat(lastSent(model)).contains("x".repeat(1499) + "…\n");
  }
}
