package dev.ragstream.core;

import static dev.ragstream.core.StoreFixture.chunk;
import static dev.ragstream.core.StoreFixture.found;
import static dev.ragstream.core.StoreFixture.index;
import static dev.ragstream.core.StoreFixture.near;
import static dev.ragstream.core.StoreFixture.vector;
import static dev.ragstream.core.StoreFixture.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ragstream.core.PassageStore.Candidate;
import dev.ragstream.core.PassageStore.Candidates;
import dev.ragstream.core.PassageStore.Query;
import dev.ragstream.core.PassageStore.QuestionVector;
import dev.ragstream.core.PassageWriter.EmbeddedChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a store finds chunks. */
interface StoreSearchContract extends StoreFixture {

  @Test
  default void bothRankingsAreBestFirstWithTheirOwnScores() {
    try (PassageStore store = open()) {
      index(
          store,
          chunk("a", 1, "rain and wind", 180),
          chunk("b", 1, "rain, rain, heavy rain", 90),
          chunk("c", 1, "a library", 0));
      Query query = new Query("heavy rain", question(0), Filter.NONE, 10);
      try (Candidates candidates = store.search(query)) {
        assertThat(candidates.lexical()).extracting(Candidate::id).containsExactly("b#1", "a#1");
        assertThat(candidates.lexical().get(0).score())
            .isGreaterThan(candidates.lexical().get(1).score());
        assertThat(candidates.lexical().get(1).score()).isPositive();
        assertThat(candidates.vector())
            .extracting(Candidate::id)
            .containsExactly("c#1", "b#1", "a#1");
        List<Double> cosines = List.of(1.0, 0.0, -1.0);
        for (int i = 0; i < cosines.size(); i++) {
          assertThat(candidates.vector().get(i).score())
              .isCloseTo(cosines.get(i), within(1e-6))
              .isBetween(-1.0, 1.0);
        }
      }
    }
  }

  @Test
  default void aCosineNeverLeavesItsRange() {
    try (PassageStore store = open()) {
      index(
          store,
          IntStream.range(0, 90)
              .mapToObj(i -> chunk("a", i, "x", i))
              .toArray(EmbeddedChunk[]::new));
      for (int degrees = 0; degrees < 90; degrees++) {
        try (Candidates candidates = store.search(near(degrees))) {
          assertThat(candidates.vector()).allMatch(found -> Math.abs(found.score()) <= 1);
        }
      }
    }
  }

  @Test
  default void aHalfThatIsNotAskedIsEmpty() {
    try (PassageStore store = open()) {
      index(store, chunk("a", 1, "rain", 0));
      try (Candidates words = store.search(words("rain"));
          Candidates near = store.search(near(0))) {
        assertThat(words.vector()).isEmpty();
        assertThat(near.lexical()).isEmpty();
      }
    }
  }

  @Test
  default void eachHalfReturnsNoMoreThanTheLimit() {
    try (PassageStore store = open()) {
      index(store, chunk("a", 1, "rain", 0), chunk("a", 2, "rain", 9), chunk("a", 3, "rain", 4));
      try (Candidates candidates = store.search(new Query("rain", question(0), Filter.NONE, 2))) {
        assertThat(candidates.lexical()).hasSize(2);
        assertThat(candidates.vector()).extracting(Candidate::id).containsExactly("a#1", "a#3");
      }
    }
  }

  @Test
  default void aFilterAppliesBeforeTheLimitInBothHalves() {
    try (PassageStore store = open()) {
      List<EmbeddedChunk> chunks = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        chunks.add(chunk("many", i, "rain rain rain", 0, Map.of("lang", "en")));
      }
      chunks.add(
          chunk(
              "few",
              1,
              "some rain in a long text about another matter",
              170,
              Map.of("lang", "zh")));
      index(store, chunks.toArray(EmbeddedChunk[]::new));
      Filter chinese = new Filter(Map.of("lang", "zh"));
      try (Candidates candidates = store.search(new Query("rain", question(0), chinese, 3))) {
        assertThat(candidates.lexical()).extracting(Candidate::id).containsExactly("few#1");
        assertThat(candidates.vector()).extracting(Candidate::id).containsExactly("few#1");
      }
    }
  }

  @Test
  default void aFilterWantsAllOfItsFactsExactly() {
    try (PassageStore store = open()) {
      index(
          store,
          chunk("a", 1, "rain", 0, Map.of("lang", "en", "type", "pdf")),
          chunk("a", 2, "rain", 0, Map.of("lang", "en", "type", "csv")),
          chunk("a", 3, "rain", 0, Map.of("lang", "EN-GB", "type", "pdf")),
          chunk("a", 4, "rain", 0, Map.of("k=v", "w")),
          chunk("a", 5, "rain", 0, Map.of("k", "v=w")));

      assertThat(found(store, words("rain", Map.of("lang", "en", "type", "pdf"), 9)))
          .containsExactly("a#1");
      assertThat(found(store, near(0, Map.of("k=v", "w"), 9))).containsExactly("a#4");
      assertThat(found(store, near(0, Map.of("k", "v=w"), 9))).containsExactly("a#5");
      assertThat(found(store, near(0, Map.of("lang", "fr"), 9))).isEmpty();
      assertThat(found(store, near(0, Map.of("unknown", "en"), 9))).isEmpty();
    }
  }

  @Test
  default void sourceAndTitleInAFilterMeanTheChunksOwn() {
    try (PassageStore store = open()) {
      Map<String, String> misleading = Map.of("title", "Theirs", "source", "theirs");
      index(
          store,
          new EmbeddedChunk(
              new Chunk("a b#1", "a b", "Ours › Rain", "text", misleading), vector(0)),
          new EmbeddedChunk(new Chunk("c#1", "c", "Theirs", "text", Map.of()), vector(0)));

      assertThat(found(store, near(0, Map.of("title", "Ours › Rain"), 9))).containsExactly("a b#1");
      assertThat(found(store, near(0, Map.of("source", "a b"), 9))).containsExactly("a b#1");
      assertThat(found(store, near(0, Map.of("title", "Theirs"), 9))).containsExactly("c#1");
      assertThat(found(store, near(0, Map.of("source", "theirs"), 9))).isEmpty();
    }
  }

  @Test
  default void veryLongMetadataAreKeptAndToldApart() {
    String beginning = "伞".repeat(40_000);
    try (PassageStore store = open()) {
      index(
          store,
          chunk("a", 1, "rain", 0, Map.of("note", beginning + "a")),
          chunk("a", 2, "rain", 0, Map.of("note", beginning + "b")));

      assertThat(found(store, near(0, Map.of("note", beginning + "b"), 9))).containsExactly("a#2");
      try (Candidates candidates = store.search(words("rain"))) {
        assertThat(candidates.load(List.of("a#1")).getFirst().metadata())
            .containsExactly(Map.entry("note", beginning + "a"));
      }
    }
  }

  @Test
  default void chunksComeBackAsTheyWereInTheOrderAskedFor() {
    Chunk first =
        new Chunk("my files/雨 伞.md#1", "my files/雨 伞.md", "标题 › Ä", "a\n\n\tb 😀", Map.of("k", ""));
    Chunk second = new Chunk("b#1", "b", "", "b", Map.of("ключ", "значение", "a.b", "c"));
    try (PassageStore store = open()) {
      index(store, new EmbeddedChunk(first, vector(0)), new EmbeddedChunk(second, vector(90)));
      try (Candidates candidates = store.search(near(10))) {
        assertThat(candidates.load(List.of(second.id(), first.id())))
            .containsExactly(second, first);
        assertThat(candidates.load(List.of())).isEmpty();
      }
      assertThat(store.documents()).containsKey("my files/雨 伞.md");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "雨伞, 出门请带雨伞，下午有雨。",
    "带雨伞吗？, 出门请带雨伞，下午有雨。",
    "Nimbus雨伞, 请带上 Nimbus 雨伞 before noon",
    "nimbus, 请带上Nimbus雨伞before noon",
    "ｎｉｍｂｕｓ, The Nimbus is here",
    "umbrellas, Take an umbrella",
    "umbrella, Take your UMBRELLAS!",
    "raining, It rains",
    "council, the Council's decision",
  })
  default void wordsAreFoundInEnglishAndChinese(String question, String text) {
    try (PassageStore store = open()) {
      index(store, chunk("a", 1, "图书馆的书可以借四个星期 the library", 0), chunk("b", 1, text, 0));

      assertThat(found(store, words(question))).containsExactly("b#1");
    }
  }

  @Test
  default void aTitleIsFoundLikeTheText() {
    try (PassageStore store = open()) {
      index(
          store,
          new EmbeddedChunk(
              new Chunk("a#1", "a", "Weather › Umbrellas", "Take one.", Map.of()), vector(0)));

      assertThat(found(store, words("umbrella"))).containsExactly("a#1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"the and of", "?!… 。，", " ", "", "\"(+-*:^~", "\u0000", "😀"})
  default void aQuestionWithoutWordsFindsNothingByWords(String question) {
    try (PassageStore store = open()) {
      index(store, chunk("a", 1, "rain", 0));

      assertThat(found(store, words(question))).isEmpty();
      assertThat(found(store, words(question, Map.of("source", "a"), 9))).isEmpty();
      assertThat(found(store, new Query(question, question(0), Filter.NONE, 9)))
          .containsExactly("a#1");
    }
  }

  @Test
  default void aPastedPageIsAQuestionToo() {
    StringBuilder page = new StringBuilder("umbrella ");
    IntStream.range(0, 20_000).forEach(i -> page.append("word").append(i).append(' '));
    try (PassageStore store = open()) {
      index(store, chunk("a", 1, "an umbrella", 0));

      assertThat(found(store, words(page.toString()))).containsExactly("a#1");
    }
  }

  @Test
  default void chunksWithoutVectorsAreFoundByWordsAlone() {
    try (PassageStore store = open()) {
      Chunk bare = new Chunk("a#1", "a", "", "rain", Map.of());
      index(store, new EmbeddedChunk(bare, null));

      assertThat(found(store, words("rain"))).containsExactly("a#1");
      assertThat(found(store, near(0))).isEmpty();
      index(store, chunk("b", 1, "rain", 0));
      assertThat(found(store, near(0))).containsExactly("b#1");
    }
  }

  private static QuestionVector question(double degrees) {
    return new QuestionVector(MODEL, vector(degrees));
  }
}
