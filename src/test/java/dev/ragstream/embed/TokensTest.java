package dev.ragstream.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.TokenSpans;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Tokens as spans of a text's chars, by the real tokenizer. */
class TokensTest {

  private static final OnnxEmbedder EMBEDDER = TestModels.load(BundledModel.BGE_SMALL_EN);

  @AfterAll
  static void close() {
    EMBEDDER.close();
  }

  @Test
  void wordsAndTheirPiecesAreSpans() {
    assertThat(tokens("Unbelievable, umbrella-ish rain!"))
        .containsExactly("Unbelievable", ",", "umbrella", "-", "is", "h", "rain", "!");
  }

  @Test
  void charsOutsideTheBasicPlaneCountAsTwo() {
    assertThat(tokens("rain 😀 sun 𝔘 moon 👍🏽 end"))
        .containsExactly("rain", "😀", "sun", "𝔘", "moon", "👍🏽", "end");
  }

  @Test
  void chineseCharactersAreTokensOfTheirOwn() {
    assertThat(tokens("今天有雨，take 伞")).containsExactly("今", "天", "有", "雨", "，", "take", "伞");
  }

  @Test
  void combiningMarksStayWithTheirLetters() {
    assertThat(tokens("cafe\u0301 naïve rain")).containsExactly("cafe\u0301", "naïve", "rain");
  }

  @Test
  void controlCharactersAreNotSeenButCounted() {
    assertThat(tokens("rain\u0000 \u0007sun\u200B moon")).last().isEqualTo("moon");
  }

  @Test
  void halfOfASurrogatePairShiftsNothing() {
    assertThat(tokens("a \uD83D b \uDE00 rain")).last().isEqualTo("rain");
  }

  @Test
  void specialTokensAreNotAmongThem() {
    assertThat(EMBEDDER.tokens("").count()).isZero();
    assertThat(EMBEDDER.tokens(" \n ").count()).isZero();
    assertThat(EMBEDDER.tokens("rain").count()).isOne();
  }

  @Test
  void aTextOfSomeMegabytesHasTheTokensOfItsSentences() {
    List<String> sentences = List.of("Rain is expected at noon. ", "今天下午有雨。", "Take care 😀!\n");
    int each = sentences.stream().mapToInt(s -> EMBEDDER.tokens(s).count()).sum();
    int times = 30_000;

    TokenSpans spans = EMBEDDER.tokens(String.join("", sentences).repeat(times));

    assertThat(spans.count()).isEqualTo(each * times);
    assertThat(IntStream.range(1, spans.count()))
        .allMatch(i -> spans.starts()[i] >= spans.ends()[i - 1]);
  }

  @Test
  void aLongTextWithoutAnySpaceIsCutBetweenCharacters() {
    String text = "😀".repeat(3 * Slices.LENGTH);

    TokenSpans spans = EMBEDDER.tokens("x" + text);

    assertThat(spans.ends()[spans.count() - 1]).isEqualTo(text.length() + 1);
    assertThat(IntStream.of(spans.starts()).skip(1)).allMatch(start -> start % 2 == 1);
  }

  private static List<String> tokens(String text) {
    TokenSpans spans = EMBEDDER.tokens(text);
    return IntStream.range(0, spans.count())
        .mapToObj(i -> text.substring(spans.starts()[i], spans.ends()[i]))
        .toList();
  }
}
