package dev.ragstream.model;

import static dev.ragstream.model.Prompts.prompt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.ChatModel;
import dev.ragstream.core.Prompt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExtractiveModelTest implements ChatModelContract {

  private final WordEmbedder embedder = new WordEmbedder();

  @Override
  public ChatModel model() {
    return new ExtractiveModel(embedder);
  }

  @Override
  public Prompt prompt() {
    return Prompts.prompt(
        "Should I carry an umbrella today?",
        "Should it rain today, carry an umbrella \uD83C\uDF02. The pool is open until nine.");
  }

  @Override
  public String answer() {
    return "Should it rain today, carry an umbrella \uD83C\uDF02. [1]";
  }

  @Test
  void theBestStatementsComeInTheOrderOfTheirPassages() throws InterruptedException {
    Prompt prompt =
        Prompts.prompt(
            "When does the harbour ferry leave?",
            "Tickets are sold on board. The harbour ferry does leave hourly.",
            "In winter the harbour ferry does not leave.\n\nDogs are welcome.");
    assertThat(answer(prompt))
        .isEqualTo(
            "The harbour ferry does leave hourly. [1] In winter the harbour ferry does not leave."
                + " [2]");
  }

  @Test
  void atMostThreeStatementsAnswer() throws InterruptedException {
    String[] passages =
        IntStream.rangeClosed(1, 6)
            .mapToObj(i -> "Pool opening hours in ward" + i + " and street" + i + ".")
            .toArray(String[]::new);
    assertThat(answer(Prompts.prompt("Pool opening hours", passages)))
        .isEqualTo(
            "Pool opening hours in ward1 and street1. [1] Pool opening hours in ward2 and street2."
                + " [2] Pool opening hours in ward3 and street3. [3]");
  }

  @Test
  void whatWasSaidIsNotSaidAgain() throws InterruptedException {
    assertThat(
            answer(
                Prompts.prompt(
                    "Who runs the library?",
                    "The town runs the library.",
                    "The town runs the library!")))
        .isEqualTo("The town runs the library. [1]");
  }

  @Test
  void anAnswerStandsForTheQuestionBeforeIt() throws InterruptedException {
    assertThat(
            answer(
                Prompts.prompt(
                    "Where do I pay a parking fine?",
                    "question: Where do I pay a parking fine?\nanswer: At desk three.")))
        .isEqualTo("At desk three. [1]");
  }

  @Test
  void aTableRowIsToldWithItsColumns() throws InterruptedException {
    assertThat(
            answer(
                Prompts.prompt(
                    "fee for a large parcel",
                    """
                    | Parcel | Fee |
                    | --- | --: |
                    | small | 2 € |
                    | large | **7 €** |
                    """)))
        .isEqualTo("Parcel: large; Fee: 7 € [1]");
  }

  @Test
  void withoutPassagesItSaysSo() throws InterruptedException {
    assertThat(answer(Prompts.prompt("Who is it?")))
        .isEqualTo("The documents hold nothing on this.");
    assertThat(answer(Prompts.prompt("他是谁？"))).isEqualTo("文档中没有与此相关的内容。");
  }

  @Test
  void withNothingRelevantItSaysSo() throws InterruptedException {
    assertThat(answer(Prompts.prompt("Who sells bicycles?", "Rain falls tonight.")))
        .isEqualTo("The documents hold nothing on this.");
    assertThat(answer(Prompts.prompt("谁卖自行车？", "Rain falls tonight."))).isEqualTo("文档中没有与此相关的内容。");
  }

  @Test
  void aChineseQuestionIsAnsweredFromChinesePassages() throws InterruptedException {
    assertThat(answer(Prompts.prompt("今天要带雨伞吗？", "今天下午有雨，要带雨伞。图书馆九点开门。")))
        .isEqualTo("今天下午有雨，要带雨伞。 [1]");
  }

  @Test
  void ofManyStatementsOnlyThoseThatShareWordsAreEmbedded() throws InterruptedException {
    String many =
        IntStream.range(0, 200)
            .mapToObj(i -> "Street" + i + " has a number" + i + ".")
            .collect(Collectors.joining(" "));
    Prompt prompt =
        Prompts.prompt("Which tower is the oldest?", many, "The oldest tower is the north tower.");
    assertThat(answer(prompt)).isEqualTo("The oldest tower is the north tower. [2]");
    assertThat(embedder.passagesEmbedded).hasValueLessThan(40);
  }

  private String answer(Prompt prompt) throws InterruptedException {
    RecordingReader reader = new RecordingReader();
    model().stream(prompt, reader);
    return reader.answer();
  }
}
