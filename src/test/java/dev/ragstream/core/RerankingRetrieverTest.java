package dev.ragstream.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Passage.Reranked;
import dev.ragstream.core.Passage.Standing;
import dev.ragstream.core.Retrieval.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RerankingRetrieverTest {

  private static final Retrieval.Options OPTIONS =
      new Retrieval.Options(Mode.HYBRID, 5, 50, Double.NEGATIVE_INFINITY, Filter.NONE);

  private final List<Integer> limits = new ArrayList<>();
  private final List<List<String>> judged = new ArrayList<>();

  @Test
  void passagesFollowTheirNewScoresAndKeepTheirEvidence() {
    List<Passage> passages = retriever(3, List.of(0.1, 0.9, 0.5), 3).passages();

    assertThat(passages).extracting(each -> each.chunk().id()).containsExactly("p2", "p3", "p1");
    assertThat(passages.getFirst())
        .isEqualTo(
            new Passage(
                1,
                Samples.chunk("p2", "Title", "text 2"),
                1.0 / 62,
                new Standing(2, 8.0),
                null,
                new Reranked(1, 0.9, 2)));
    assertThat(passages).extracting(Passage::n).containsExactly(1, 2, 3);
  }

  @Test
  void equalScoresKeepTheOrderOfBefore() {
    assertThat(retriever(4, List.of(0.5, 0.7, 0.5, 0.7), 4).passages())
        .extracting(each -> each.chunk().id())
        .containsExactly("p2", "p4", "p1", "p3");
  }

  @Test
  void theCandidatesAreJudgedAndTheBestOfThemReturned() {
    Retrieval found = retriever(30, IntStream.range(0, 30).mapToObj(i -> (double) i).toList(), 2);

    assertThat(limits).containsExactly(30);
    assertThat(judged.getFirst()).hasSize(30).startsWith("Title\ntext 1");
    assertThat(found.passages())
        .extracting(each -> each.chunk().id())
        .containsExactly("p30", "p29");
  }

  @Test
  void noFewerAreJudgedThanAreWanted() {
    retriever(3, List.of(1.0, 2.0, 3.0), 40);

    assertThat(limits).containsExactly(40);
  }

  @Test
  void whereNothingWasFoundNobodyIsAsked() {
    assertThat(retriever(0, List.of(), 10).passages()).isEmpty();
    assertThat(judged).isEmpty();
  }

  private Retrieval retriever(int found, List<Double> scores, int limit) {
    Retriever before =
        (query, options, asked) -> {
          limits.add(asked);
          List<Passage> passages =
              IntStream.rangeClosed(1, found)
                  .mapToObj(n -> Samples.passage(n, "p" + n, "Title", "text " + n))
                  .toList();
          return new Retrieval(query, options, passages, Duration.ofMillis(1));
        };
    return new RerankingRetriever(before, new Scripted(scores), 30)
        .retrieve("rain?", OPTIONS, limit);
  }

  private final class Scripted implements Reranker {

    private final List<Double> scores;

    Scripted(List<Double> scores) {
      this.scores = scores;
    }

    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public List<Double> scores(String question, List<String> texts) {
      judged.add(texts);
      return scores;
    }
  }
}
