package dev.ragstream.elastic;

import static dev.ragstream.core.StoreFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ragstream.core.Chunk;
import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.Failure;
import dev.ragstream.core.Filter;
import dev.ragstream.core.PassageStore;
import dev.ragstream.core.PassageStore.Candidate;
import dev.ragstream.core.PassageStore.Candidates;
import dev.ragstream.core.PassageStore.Query;
import dev.ragstream.core.PassageStore.QuestionVector;
import dev.ragstream.lucene.WordAnalysis;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Indices that somebody else filled, in ways of their own. */
@ExtendWith(ElasticNode.class)
class MappedStoreTest {

  private static final EmbeddingModel MODEL = new EmbeddingModel("tiny", 2);

  private final URI node;
  private final String index = "mapped-" + UUID.randomUUID();

  MappedStoreTest(URI node) {
    this.node = node;
  }

  /** The kind of index that question-and-answer services keep. */
  private void questionsAndAnswers() {
    put(
        """
        {"mappings": {"properties": {
          "question": {"type": "text"}, "answer": {"type": "text"}, "lang": {"type": "keyword"},
          "from": {"properties": {"file": {"type": "keyword"}}}}}}
        """,
        """
        {"question": "今天天气怎么样？", "answer": "今天有雨，请带雨伞。", "lang": "zh", "from": {"file": "weather.csv"}}
        {"question": "雨伞在哪里买？", "answer": "今天在市场买，天气不好时市场关门，天气好时开门，天气天气天气。", "lang": "zh"}
        {"question": "What does a swim cost?", "answer": "A swim costs four crowns.", "lang": "en", "from": {"file": "pool.csv"}}
        """);
  }

  @Test
  void aQuestionAndAnswerIndexIsSearchedByWords() {
    questionsAndAnswers();
    try (PassageStore store = open(fields(null), null);
        Candidates found = store.search(words("What does a swim cost?"))) {
      Chunk chunk = found.load(List.of(found.lexical().getFirst().id())).getFirst();

      assertThat(chunk.text()).isEqualTo("What does a swim cost?\nA swim costs four crowns.");
      assertThat(chunk.source()).isEqualTo("pool.csv");
      assertThat(chunk.metadata()).containsExactly(Map.entry("lang", "en"));
      assertThat(store.status().chunks()).isEqualTo(3);
      assertThat(store.documents()).isEmpty();
    }
  }

  @Test
  void aPassageWithoutASourceIsNamedByItsPlace() {
    questionsAndAnswers();
    try (PassageStore store = open(fields(null), null);
        Candidates found = store.search(words("雨伞在哪里买"))) {
      Chunk chunk = found.load(List.of(found.lexical().getFirst().id())).getFirst();

      assertThat(chunk.source()).isEqualTo(index + "/2").isEqualTo(chunk.id());
    }
  }

  @Test
  void filtersNameTheIndexsFields() {
    questionsAndAnswers();
    try (PassageStore store = open(fields(null), null)) {
      assertThat(ids(store, "swim 雨伞", Map.of("lang", "en"))).containsExactly(index + "/3");
      assertThat(ids(store, "swim 雨伞", Map.of("source", "weather.csv")))
          .containsExactly(index + "/1");
    }
  }

  @Test
  void wordsOfTheQuestionInAFieldMoveAHitUp() {
    questionsAndAnswers();
    String asked = "今天天气怎么样？";
    Boost boost = new Boost("question", 100, 0, 1_000);
    try (PassageStore plain = open(fields(null), null);
        PassageStore boosted = open(fields(null), boost);
        Candidates before = plain.search(words(asked));
        Candidates after = boosted.search(words(asked))) {
      // 今天 and 天气 stand in the first question; the second one has neither.
      assertThat(score(after, "1")).isCloseTo(score(before, "1") + 200, within(0.01));
      assertThat(score(after, "2")).isCloseTo(score(before, "2"), within(0.01));
      assertThat(after.lexical().getFirst().id()).isEqualTo(index + "/1");
    }
  }

  @Test
  void hitsWithTooFewPointsAreLeftOut() {
    questionsAndAnswers();
    try (PassageStore store = open(fields(null), new Boost("question", 7, 14, 1_000))) {
      assertThat(ids(store, "今天天气怎么样？", Map.of())).containsExactly(index + "/1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cosine, int8_hnsw, 0.6",
    "cosine, hnsw, 0.6",
    "dot_product, int8_hnsw, 0.6",
    "l2_norm, hnsw, 0.6",
    "max_inner_product, hnsw, 0.6",
    "max_inner_product, hnsw, -0.6",
  })
  void scoresOfAnySimilarityBecomeCosines(String similarity, String type, double cosine) {
    put(
        """
        {"mappings": {"properties": {"body": {"type": "text"}, "v": {"type": "dense_vector", "dims": 2,
          "similarity": "%s", "index_options": {"type": "%s"}}}}}
        """
            .formatted(similarity, type),
        "{\"body\": \"rain\", \"v\": [1, 0]}");
    float[] question = {(float) cosine, 0.8f};
    MappedFields fields = new MappedFields(List.of("body"), null, null, "v", List.of());
    try (PassageStore store = open(fields, null);
        Candidates found =
            store.search(new Query("rain", new QuestionVector(MODEL, question), Filter.NONE, 5))) {
      assertThat(found.vector().getFirst().score()).isCloseTo(cosine, within(1e-5));
      assertThat(found.lexical()).hasSize(1);
    }
  }

  @Test
  void vectorsOfOtherDimensionsAreRefused() {
    put(
        """
        {"mappings": {"properties": {"body": {"type": "text"}, "v": {"type": "dense_vector", "dims": 3}}}}
        """,
        "{\"body\": \"rain\", \"v\": [1, 0, 0]}");
    MappedFields fields = new MappedFields(List.of("body"), null, null, "v", List.of());
    try (PassageStore store = open(fields, null)) {
      Query query = new Query(null, new QuestionVector(MODEL, new float[] {1, 0}), Filter.NONE, 5);

      Failure failure = failure(() -> store.search(query));

      assertThat(failure.kind()).isEqualTo(Failure.Kind.STORE_MISMATCH);
      assertThat(failure.problem()).contains("3 dimensions", "tiny (2 dimensions)");
    }
  }

  @Test
  void aFieldThatIsNotThereIsNamedWithTheNearest() {
    questionsAndAnswers();
    MappedFields fields = new MappedFields(List.of("questoin"), null, null, null, List.of());
    try (PassageStore store = open(fields, null)) {
      Failure failure = failure(() -> store.search(words("rain")));

      assertThat(failure.kind()).isEqualTo(Failure.Kind.SETTINGS);
      assertThat(failure.problem()).isEqualTo("the index " + index + " has no field questoin");
      assertThat(failure.remedy()).startsWith("did you mean question?");
    }
  }

  @Test
  void aSourceOrMetadataFieldThatIsNotThereIsNamed() {
    questionsAndAnswers();
    MappedFields source = new MappedFields(List.of("answer"), null, "from.fiel", null, List.of());
    MappedFields metadata = new MappedFields(List.of("answer"), null, null, null, List.of("lnag"));
    for (MappedFields fields : List.of(source, metadata)) {
      try (PassageStore store = open(fields, null)) {
        assertThat(failure(() -> store.search(words("rain"))).remedy()).startsWith("did you mean");
      }
    }
  }

  @Test
  void wordsAreLookedForInTextOnly() {
    put(
        "{\"mappings\": {\"properties\": {\"body\": {\"type\": \"text\"}, \"n\": {\"type\": \"long\"}}}}",
        "{\"body\": \"rain\", \"n\": 1}");
    MappedFields number = new MappedFields(List.of("n"), null, null, null, List.of());
    MappedFields text = new MappedFields(List.of("body"), null, null, null, List.of("n"));
    try (PassageStore ofNumbers = open(number, null);
        PassageStore boosted = open(text, new Boost("n", 7, 0, 10))) {
      for (PassageStore store : List.of(ofNumbers, boosted)) {
        assertThat(failure(() -> store.search(words("rain"))).problem())
            .isEqualTo(
                "the field n of the index " + index + " holds no text that words are found in");
      }
    }
  }

  @Test
  void aTextFieldHoldsNoVectors() {
    questionsAndAnswers();
    MappedFields fields = new MappedFields(List.of("answer"), null, null, "question", List.of());
    try (PassageStore store = open(fields, null)) {
      assertThat(failure(() -> store.search(words("rain"))).problem())
          .isEqualTo("the field question of the index " + index + " holds no vectors");
    }
  }

  @Test
  void nothingIsEverWrittenThere() {
    questionsAndAnswers();
    try (PassageStore store = open(fields(null), null)) {
      assertThat(failure(() -> store.write(MODEL, true)).remedy()).contains("store.fields");
    }
  }

  @Test
  void anIndexOfSomebodyElseIsNotTakenForOurs() {
    questionsAndAnswers();
    try (PassageStore store = Stores.own(node, index)) {
      for (Failure failure :
          List.of(
              failure(() -> store.search(words("rain"))),
              failure(() -> store.write(MODEL, false)),
              failure(() -> store.write(MODEL, true)))) {
        assertThat(failure.problem())
            .isEqualTo("the index " + index + " was not made by ragstream");
      }
    }
  }

  private MappedFields fields(@Nullable String title) {
    return new MappedFields(
        List.of("question", "answer"), title, "from.file", null, List.of("lang"));
  }

  private PassageStore open(MappedFields fields, @Nullable Boost boost) {
    return ElasticStore.mapped(Stores.cluster(node), index, fields, boost, new WordAnalysis());
  }

  private static Query words(String text) {
    return new Query(text, null, Filter.NONE, 10);
  }

  private static List<String> ids(PassageStore store, String text, Map<String, String> where) {
    try (Candidates found = store.search(new Query(text, null, new Filter(where), 10))) {
      return found.lexical().stream().map(Candidate::id).toList();
    }
  }

  private double score(Candidates found, String id) {
    return found.lexical().stream()
        .filter(candidate -> candidate.id().equals(index + "/" + id))
        .findFirst()
        .orElseThrow()
        .score();
  }

  /** Makes the index and puts one document a line into it, with ids from 1. */
  private void put(String mapping, String documents) {
    send("PUT", "/" + index, mapping);
    StringBuilder bulk = new StringBuilder();
    int id = 0;
    for (String document : documents.strip().split("\n", -1)) {
      id++;
      bulk.append("{\"index\": {\"_id\": \"%d\"}}\n%s\n".formatted(id, document));
    }
    send("POST", "/" + index + "/_bulk?refresh=true", bulk.toString());
  }

  private void send(String method, String path, String body) {
    assertThat(Rest.at(node).send(method, path, body).body())
        .doesNotContain("\"error\"")
        .doesNotContain("\"errors\":true");
  }
}
