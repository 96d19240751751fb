package dev.ragstream.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Reranker} keeps to. */
public interface RerankerContract {

  Reranker reranker();

  @Test
  default void eachTextGetsAFiniteScoreAndTheBestOneTheHighest() {
    List<String> texts = List.of("The tram is late.", "Rain today: take an umbrella.", "A swim.");

    List<Double> scores = reranker().scores("take an umbrella today", texts);

    assertThat(scores).hasSameSizeAs(texts).allSatisfy(score -> assertThat(score).isFinite());
    assertThat(scores.indexOf(scores.stream().max(Comparator.naturalOrder()).orElseThrow()))
        .isEqualTo(1);
  }

  @Test
  default void aTextAloneIsJudgedToo() {
    assertThat(reranker().scores("rain?", List.of("It rains."))).hasSize(1);
  }

  @Test
  default void aTextThatComesTwiceGetsTheSameScoreTwice() {
    List<Double> scores = reranker().scores("rain?", List.of("rain", "sun", "rain"));
    assertThat(scores.get(0)).isEqualTo(scores.get(2));
  }

  @Test
  default void scoresAreInTheOrderOfManyTexts() {
    List<String> texts =
        IntStream.range(0, 40).mapToObj(i -> i == 33 ? "rain umbrella" : "text " + i).toList();
    List<Double> scores = reranker().scores("rain umbrella", texts);
    assertThat(scores.get(33)).isEqualTo(scores.stream().max(Comparator.naturalOrder()).get());
  }

  @Test
  default void itHasAName() {
    assertThat(reranker().name()).isNotBlank();
  }
}
