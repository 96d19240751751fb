package dev.ragstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The question suite of the sample data, through retrieval and the extractive model. */
@ExtendWith(SampleProject.class)
class SampleQuestionsTest {

  private static final int TOP_K = 5;

  /** One question of the suite. */
  private record Expected(String question, List<String> sources, List<String> contains) {}

  @Test
  void nearlyEveryQuestionFindsItsSource(Session session) throws IOException {
    List<String> missed = new ArrayList<>();
    List<Expected> suite = suite();
    for (Expected expected : suite) {
      if (!sources(session, expected.question()).stream()
          .anyMatch(source -> expected.sources().contains(source))) {
        missed.add(expected.question());
      }
    }
    assertThat(missed).hasSizeLessThanOrEqualTo(suite.size() / 20);
  }

  @Test
  void mostAnswersHoldWhatWasExpected(Session session) throws IOException {
    List<String> missed = new ArrayList<>();
    List<Expected> suite = suite();
    for (Expected expected : suite) {
      String answer = session.run(List.of("ask", "-q", expected.question()), "").out();
      if (!expected.contains().stream().allMatch(text -> containsIgnoringCase(answer, text))) {
        missed.add(expected.question() + " → " + answer);
      }
    }
    assertThat(missed).hasSizeLessThanOrEqualTo(suite.size() / 4);
  }

  @Test
  void theFirstQuestionIsAnsweredFromTheCurrentBulletin(Session session) {
    Session.Outcome outcome = session.run(List.of("ask", "Should I carry an umbrella?"), "");

    assertThat(outcome.out()).startsWith("Carry an umbrella today").contains("[1]");
    assertThat(outcome.err()).contains("[1] sample-data/weather/bulletin-2026-11-23.md");
  }

  @Test
  void theLedgerShowsWhatIsKeptAndTheNearMisses(Session session) {
    String prompt = session.run(List.of("prompt", "Should I carry an umbrella?"), "").out();

    assertThat(prompt).contains("kept").contains("beyond top-k");
  }

  private static List<String> sources(Session session, String question) {
    Session.Outcome outcome =
        session.run(
            List.of("search", "--format", "json", "-k", Integer.toString(TOP_K), question), "");
    JsonNode passages = new JsonMapper().readTree(outcome.out()).get("passages");
    return passages
        .valueStream()
        .map(passage -> passage.get("source").asString().substring("sample-data/".length()))
        .toList();
  }

  private static boolean containsIgnoringCase(String text, String part) {
    return text.toLowerCase(java.util.Locale.ROOT)
        .contains(part.toLowerCase(java.util.Locale.ROOT));
  }

  private static List<Expected> suite() throws IOException {
    String yaml = Files.readString(Path.of("sample-data", "questions.yaml"));
    Map<?, ?> root =
        (Map<?, ?>)
            Objects.requireNonNull(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    List<Expected> suite = new ArrayList<>();
    for (Object item : (List<?>) Objects.requireNonNull(root.get("questions"))) {
      Map<?, ?> question = (Map<?, ?>) item;
      suite.add(
          new Expected(
              String.valueOf(question.get("question")),
              strings(question.get("sources")),
              strings(question.get("contains"))));
    }
    return suite;
  }

  private static List<String> strings(@Nullable Object list) {
    return list instanceof List<?> items ? items.stream().map(String::valueOf).toList() : List.of();
  }
}
