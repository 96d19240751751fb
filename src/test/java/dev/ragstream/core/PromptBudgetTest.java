package dev.ragstream.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Ledger.Entry;
import dev.ragstream.core.Message.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every prompt, tried with many that nobody thought of. */
class PromptBudgetTest {

  private static final String[] WORDS = {"rain", "sun", "wind.", "snow!", "雨。", "a", "7", "Hail?"};

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Answer. $history $passages Question: $question",
        "$passages$question",
        "$question",
        "$history",
        "Fixed.",
        "$question $passages $history $passages $question",
        "$passages"
      })
  void aPromptKeepsToItsBudgetAndItsLedgerAddsUp(String template) {
    Random random = new Random(20_260_101);
    int built = 0;
    for (int run = 0; run < 300; run++) {
      int budget = 1 + random.nextInt(300);
      int reserve = random.nextInt(budget);
      PromptBuilder builder =
          new PromptBuilder(new FixedTemplate(template), Samples::words, budget, reserve);
      Question question = new Question(text(random, 1, 12), history(random));
      Retrieval retrieval = retrieval(random);
      Prompt prompt;
      try {
        prompt = builder.build(question, retrieval);
      } catch (FailureException e) {
        assertThat(e.failure().kind()).isEqualTo(Failure.Kind.PROMPT_TOO_LONG);
        continue;
      }
      built++;
      check(prompt, retrieval);
    }
    assertThat(built).isGreaterThan(100);
  }

  private static void check(Prompt prompt, Retrieval retrieval) {
    Ledger ledger = prompt.ledger();
    int sent = prompt.messages().stream().mapToInt(m -> Samples.words(m.content())).sum();
    assertThat(ledger.total())
        .isEqualTo(sent)
        .isLessThanOrEqualTo(ledger.budget() - ledger.reserve())
        .isEqualTo(ledger.template() + ledger.history() + ledger.question() + ledger.passages());
    assertThat(List.of(ledger.template(), ledger.history(), ledger.question(), ledger.passages()))
        .allMatch(tokens -> tokens >= 0);
    assertThat(ledger.entries()).extracting(Entry::passage).isEqualTo(retrieval.passages());
    assertThat(prompt.excerpts())
        .extracting(Excerpt::passage)
        .isEqualTo(
            ledger.entries().stream()
                .filter(entry -> !(entry.outcome() instanceof Ledger.Outcome.Dropped))
                .map(Entry::passage)
                .toList());
    assertThat(prompt.excerpts().size()).isLessThanOrEqualTo(retrieval.options().topK());
    assertThat(prompt.excerpts())
        .allMatch(excerpt -> excerpt.passage().chunk().text().startsWith(excerpt.text()));
  }

  private static Retrieval retrieval(Random random) {
    String[] texts =
        IntStream.range(0, random.nextInt(8))
            .mapToObj(_ -> text(random, 1, 120))
            .toArray(String[]::new);
    double minScore = random.nextInt(4) == 0 ? 1.0 / 63 : Double.NEGATIVE_INFINITY;
    return new Retrieval(
        "rain?",
        new Retrieval.Options(
            Retrieval.Mode.HYBRID, 1 + random.nextInt(6), 50, minScore, Filter.NONE),
        Samples.passages(texts),
        Duration.ZERO);
  }

  private static List<Message> history(Random random) {
    List<Message> history = new ArrayList<>();
    for (int turns = random.nextInt(4); turns > 0; turns--) {
      history.add(new Message(Role.USER, text(random, 1, 20)));
      history.add(new Message(Role.ASSISTANT, text(random, 1, 40)));
    }
    return history;
  }

  private static String text(Random random, int least, int most) {
    int words = random.nextInt(least, most + 1);
    return String.join(
        " ", IntStream.range(0, words).mapToObj(_ -> WORDS[random.nextInt(WORDS.length)]).toList());
  }
}
