package dev.ragstream.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ragstream.core.Embedder;
import dev.ragstream.core.TokenSpans;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Embedder} keeps to, whatever its vectors mean. */
public interface EmbedderContract {

  List<String> TEXTS =
      List.of("Rain is expected at noon.", "The tram is late.", "今天下午有雨。", "Bring an umbrella!");

  /** One instance for all tests of a class. */
  Embedder embedder();

  @Test
  default void passagesGetOneVectorEachInOrder() {
    List<float[]> together = embedder().embedPassages(TEXTS);

    assertThat(together).hasSameSizeAs(TEXTS);
    for (int i = 0; i < TEXTS.size(); i++) {
      float[] alone = embedder().embedPassages(List.of(TEXTS.get(i))).getFirst();
      assertThat(Vectors.cosine(together.get(i), alone)).isGreaterThan(0.99);
    }
  }

  @Test
  default void noPassagesGetNoVectors() {
    assertThat(embedder().embedPassages(List.of())).isEmpty();
  }

  @Test
  default void aTextThatComesTwiceGetsTheSameVectorTwice() {
    List<float[]> vectors = embedder().embedPassages(List.of("twice", "other", "twice"));

    assertThat(vectors.get(0)).containsExactly(vectors.get(2));
    assertThat(vectors.get(0)).isNotEqualTo(vectors.get(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "\n\t", "\u0000\u0007", "\uD83D", "x\uDE00y", "😀", "e\u0301", "[SEP]"})
  default void everyTextGetsAVectorOfLengthOne(String text) {
    List<float[]> vectors = new ArrayList<>(embedder().embedPassages(List.of(text)));
    vectors.add(embedder().embedQuestion(text));

    assertThat(vectors)
        .allSatisfy(vector -> {
          assertThat(vector).hasSize(embedder().model().dimensions());
          assertThat(Vectors.length(vector)).isCloseTo(1, within(1e-4));
        });
  }

  @Test
  default void aTextLongerThanTheModelReadsDoesNotFail() {
    String text = "a word and another ".repeat(embedder().maxTokens());

    assertThat(Vectors.length(embedder().embedPassages(List.of(text)).getFirst()))
        .isCloseTo(1, within(1e-4));
  }

  @Test
  default void severalThreadsGetTheVectorsThatOneGets() throws Exception {
    List<float[]> serial = TEXTS.stream().map(embedder()::embedQuestion).toList();
    List<Future<float[]>> concurrent = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 5 * TEXTS.size(); i++) {
        String text = TEXTS.get(i % TEXTS.size());
        concurrent.add(threads.submit(() -> embedder().embedQuestion(text)));
      }
    }
    for (int i = 0; i < concurrent.size(); i++) {
      float[] expected = serial.get(i % TEXTS.size());
      assertThat(Vectors.cosine(concurrent.get(i).get(), expected)).isCloseTo(1, within(1e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Two words",
        "a😀b 👩‍👩‍👧 c",
        "今天 下午",
        "e\u0301tude",
        "x\u0000y\u200Bz",
        "\uD83D x"
      })
  default void tokensAreInOrderInsideTheTextAndCutNoCharacter(String text) {
    TokenSpans tokens = embedder().tokens(text);

    for (int i = 0; i < tokens.count(); i++) {
      int start = tokens.starts()[i];
      int end = tokens.ends()[i];
      assertThat(start).isBetween(i == 0 ? 0 : tokens.starts()[i - 1], end);
      assertThat(end).isLessThanOrEqualTo(text.length());
      assertThat(isInsidePair(text, start) || isInsidePair(text, end)).isFalse();
    }
  }

  @Test
  default void theHintsForSpeedArePositive() {
    assertThat(embedder().batchSize()).isPositive();
    assertThat(embedder().concurrency()).isPositive();
    assertThat(embedder().maxTokens()).isPositive();
  }

  private static boolean isInsidePair(String text, int index) {
    return index > 0
        && index < text.length()
        && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
  }
}
