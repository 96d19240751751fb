package dev.ragstream.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ragstream.core.Embedder;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxEmbedderTest implements EmbedderContract {

  private static final OnnxEmbedder EMBEDDER = TestModels.load(BundledModel.BGE_SMALL_EN);

  /** What takes some seconds. */
  private static final List<String> MANY = Collections.nCopies(500, "rain ".repeat(100));

  @AfterAll
  static void close() {
    EMBEDDER.close();
  }

  @Override
  public Embedder embedder() {
    return EMBEDDER;
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          BGE_SMALL_EN, Should I carry an umbrella?, Showers will cross the town after lunch., The library lends books for four weeks.
          ALL_MINILM_L6, Should I carry an umbrella?, Showers will cross the town after lunch., The library lends books for four weeks.
          E5_SMALL, Should I carry an umbrella?, Showers will cross the town after lunch., The library lends books for four weeks.
          BGE_SMALL_EN, How do I pay my water bill?, Invoices for water can be settled online., The ferry leaves at nine.
          BGE_SMALL_ZH, 今天需要带伞吗？, 下午有阵雨，气温下降。, 图书馆的书可以借四个星期。
          BGE_SMALL_ZH, 怎么交水费？, 水费账单可以在网上支付。, 渡轮九点出发。
          """)
  void aQuestionIsNearerToItsAnswerThanToSomethingElse(
      BundledModel model, String question, String answer, String other) {
    try (OnnxEmbedder embedder = TestModels.load(model)) {
      float[] asked = embedder.embedQuestion(question);
      List<float[]> passages = embedder.embedPassages(List.of(answer, other));

      assertThat(Vectors.cosine(asked, passages.get(0)))
          .isGreaterThan(Vectors.cosine(asked, passages.get(1)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsBeyondTheLongestTextIsNotSeen(BundledModel model) {
    try (OnnxEmbedder embedder = TestModels.load(model)) {
      String full = "rain ".repeat(embedder.maxTokens());
      List<float[]> vectors =
          embedder.embedPassages(
              List.of(full, full + "The library is closed.", "The library is closed. " + full));

      assertThat(embedder.tokens(full).count()).isEqualTo(embedder.maxTokens());
      assertThat(vectors.get(1)).containsExactly(vectors.get(0));
      assertThat(vectors.get(2)).isNotEqualTo(vectors.get(0));
    }
  }

  @Test
  void theLastTokenThatFitsIsSeen() {
    String almost = "rain ".repeat(EMBEDDER.maxTokens() - 1);
    List<float[]> vectors = EMBEDDER.embedPassages(List.of(almost + "rain", almost + "library"));

    assertThat(vectors.get(0)).isNotEqualTo(vectors.get(1));
  }

  @Test
  void questionsArePutAsTheModelWasTrained() {
    String question = "where is the town hall";
    String asTrained = "Represent this sentence for searching relevant passages: " + question;

    assertThat(
            Vectors.cosine(
                EMBEDDER.embedQuestion(question),
                EMBEDDER.embedPassages(List.of(asTrained)).getFirst()))
        .isCloseTo(1, within(1e-6));
  }

  @Test
  void otherVirtualThreadsGoOnWhileTextsAreEmbedded() throws Exception {
    try (ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> embedding = new ArrayList<>();
      for (int i = 0; i < EMBEDDER.concurrency(); i++) {
        embedding.add(virtual.submit(() -> EMBEDDER.embedPassages(MANY)));
      }
      virtual.submit(() -> {}).get();

      assertThat(embedding).noneMatch(Future::isDone);
      embedding.forEach(each -> each.cancel(true));
    }
  }

  @Test
  void aVirtualThreadThatIsInterruptedDoesNotWaitForTheRest() throws Exception {
    CompletableFuture<Failure> end = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                EMBEDDER.embedPassages(MANY);
              } catch (FailureException e) {
                end.complete(e.failure());
              }
            });
    thread.interrupt();

    assertThat(end.get(1, TimeUnit.MINUTES).kind()).isEqualTo(Failure.Kind.INCOMPLETE);
  }

  @Test
  void aClosedModelRefusesToWork() {
    OnnxEmbedder embedder = TestModels.load(BundledModel.BGE_SMALL_EN);
    embedder.warmUp();
    embedder.close();
    embedder.close();

    assertThatThrownBy(() -> embedder.tokens("x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the embedding model bge-small-en is closed");
  }
}
