package dev.ragstream.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Passage.Standing;
import dev.ragstream.core.PassageStore.Candidate;
import dev.ragstream.core.Retrieval.Mode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StoreRetrieverTest {

  private static final Chunk NORTH = Samples.chunk("n.md#0", "North", "It rains.");
  private static final Chunk SOUTH = Samples.chunk("s.md#0", "South", "It is dry.");
  private static final Chunk EAST = Samples.chunk("e.md#0", "East", "It snows.");

  private final ListStore store =
      new ListStore(
          List.of(NORTH, SOUTH, EAST),
          List.of(new Candidate("n.md#0", 7.5), new Candidate("s.md#0", 2.5)),
          List.of(new Candidate("s.md#0", 0.75), new Candidate("e.md#0", 0.5)));
  private final QuestionEmbedder embedder = new QuestionEmbedder();
  private final Retriever retriever = new StoreRetriever(store, embedder);

  @Test
  void hybridFusesBothRankingsAndKeepsTheEvidence() {
    assertThat(retrieve(Mode.HYBRID, 10).passages())
        .containsExactly(
            new Passage(1, SOUTH, 1 / 62.0 + 1 / 61.0, new Standing(2, 2.5), new Standing(1, 0.75)),
            new Passage(2, NORTH, 1 / 61.0, new Standing(1, 7.5), null),
            new Passage(3, EAST, 1 / 62.0, null, new Standing(2, 0.5)));
    PassageStore.Query query = store.queries.getFirst();
    assertThat(query.text()).isEqualTo("rain?");
    PassageStore.QuestionVector vector = Objects.requireNonNull(query.vector());
    assertThat(vector.model()).isEqualTo(QuestionEmbedder.MODEL);
    assertThat(vector.values()).containsExactly(1, 0);
  }

  @Test
  void lexicalAsksForWordsAloneAndEmbedsNothing() {
    assertThat(retrieve(Mode.LEXICAL, 10).passages())
        .containsExactly(
            new Passage(1, NORTH, 7.5, new Standing(1, 7.5), null),
            new Passage(2, SOUTH, 2.5, new Standing(2, 2.5), null));
    assertThat(store.queries.getFirst().vector()).isNull();
    assertThat(embedder.questions).isZero();
  }

  @Test
  void vectorAsksForNearnessAlone() {
    assertThat(retrieve(Mode.VECTOR, 10).passages())
        .containsExactly(
            new Passage(1, SOUTH, 0.75, null, new Standing(1, 0.75)),
            new Passage(2, EAST, 0.5, null, new Standing(2, 0.5)));
    assertThat(store.queries.getFirst().text()).isNull();
  }

  @Test
  void theFilterAndTheNumberOfCandidatesReachTheStore() {
    Filter english = new Filter(Map.of("lang", "en"));
    retriever.retrieve("rain?", new Retrieval.Options(Mode.HYBRID, 5, 70, 0, english), 10);
    assertThat(store.queries.getFirst().where()).isEqualTo(english);
    assertThat(store.queries.getFirst().limit()).isEqualTo(70);
  }

  @Test
  void theLimitCutsTheWorst() {
    assertThat(retrieve(Mode.HYBRID, 1).passages()).extracting(Passage::n).containsExactly(1);
  }

  @Test
  void nothingFoundIsNoFailure() {
    ListStore empty = new ListStore(List.of(), List.of(), List.of());
    assertThat(
            new StoreRetriever(empty, embedder)
                .retrieve("rain?", options(Mode.HYBRID), 10)
                .passages())
        .isEmpty();
  }

  @Test
  void theCandidatesAreClosed() {
    retrieve(Mode.HYBRID, 10);
    assertThat(store.candidatesClosed).isTrue();
  }

  @Test
  void passagesBelowTheMinimumScoreCanBeLeftOut() {
    Retrieval all =
        retriever.retrieve(
            "rain?", new Retrieval.Options(Mode.VECTOR, 5, 50, 0.75, Filter.NONE), 10);
    assertThat(all.passages()).hasSize(2);
    assertThat(all.aboveMinScore().passages()).extracting(Passage::chunk).containsExactly(SOUTH);
  }

  private Retrieval retrieve(Mode mode, int limit) {
    return retriever.retrieve("rain?", options(mode), limit);
  }

  private static Retrieval.Options options(Mode mode) {
    return new Retrieval.Options(mode, 5, 50, Double.NEGATIVE_INFINITY, Filter.NONE);
  }
}
