package dev.ragstream.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  @ParameterizedTest
  @CsvSource({
    "topKK, topK",
    "topk, topK",
    "top_k, topK",
    "top-k, topK",
    "tpoK, topK",
    "mod, mode",
    "hybird, hybrid",
    "retreival, retrieval",
    "bge-small-eng, bge-small-en",
  })
  void aSlipFindsTheWordThatWasMeant(String typed, String meant) {
    List<String> known =
        List.of("topK", "mode", "hybrid", "retrieval", "bge-small-en", "candidates");

    assertThat(Nearest.to(typed, known)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"colour", "xyz", "''", "retrievalistic-nonsense"})
  void aWordThatIsFarFromAllFindsNone(String typed) {
    assertThat(Nearest.to(typed, List.of("topK", "retrieval"))).isEmpty();
  }

  @Test
  void theNearerWordWinsAndOfEquallyNearOnesTheFirst() {
    assertThat(Nearest.to("wide", List.of("wile", "wide2", "wide"))).contains("wide");
    assertThat(Nearest.to("wixe", List.of("wide", "wife"))).contains("wide");
  }

  @Test
  void nothingIsNearWhereNothingIsKnown() {
    assertThat(Nearest.to("topK", List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "'', abc, 3",
    "abc, '', 3",
    "kitten, sitting, 3",
    "ab, ba, 1",
    "ca, abc, 3",
    "检索, 检素, 1",
  })
  void theDistanceCountsEditsAndSwapsOfNeighbours(String from, String to, int edits) {
    assertThat(Nearest.distance(from, to)).isEqualTo(edits);
  }
}
