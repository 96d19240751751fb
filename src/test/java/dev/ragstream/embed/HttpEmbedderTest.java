package dev.ragstream.embed;

import static dev.ragstream.embed.HttpEmbedderFixture.openAi;
import static dev.ragstream.embed.HttpEmbedderFixture.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ragstream.core.Embedder;
import dev.ragstream.core.EmbeddingModel;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpEmbedderTest implements EmbedderContract {

  private static final EmbeddingServer SHARED = new EmbeddingServer();
  private static final Embedder EMBEDDER = openAi(SHARED.v1(), options(3, null));

  private final EmbeddingServer server = new EmbeddingServer();

  @AfterAll
  static void closeShared() {
    SHARED.close();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Override
  public Embedder embedder() {
    return EMBEDDER;
  }

  @Test
  void theRequestIsOpenAis() {
    openAi(server.v1(), options(3, null)).embedQuestion("rain?");

    assertThat(server.requests().getFirst()).hasToString("{\"model\":\"m\",\"input\":[\"rain?\"]}");
    assertThat(server.authorizations()).containsExactly("Bearer " + HttpEmbedderFixture.CANARY);
  }

  @Test
  void theDimensionsAreAskedForOnceWhereNothingWasEmbeddedYet() {
    HttpEmbedder embedder = openAi(server.v1(), options(3, null));

    assertThat(embedder.model())
        .isEqualTo(new EmbeddingModel("openai:m", EmbeddingServer.DIMENSIONS))
        .isEqualTo(embedder.model());
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void afterAQuestionTheDimensionsAreKnown() {
    HttpEmbedder embedder = openAi(server.v1(), options(3, null));
    embedder.embedQuestion("rain?");

    assertThat(embedder.model().dimensions()).isEqualTo(EmbeddingServer.DIMENSIONS);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void dimensionsOfTheSettingsAreAskedForAndNeedNoAnswerToBeKnown() {
    HttpEmbedder embedder = openAi(server.v1(), options(3, 8));

    assertThat(embedder.model().dimensions()).isEqualTo(8);
    assertThat(server.requests()).isEmpty();
    assertThat(embedder.embedQuestion("rain?")).hasSize(8);
    assertThat(server.requests().getFirst().path("dimensions").asInt()).isEqualTo(8);
  }

  @Test
  void requestsHoldNoMoreTextsThanABatch() {
    List<String> texts = IntStream.range(0, 8).mapToObj(i -> "text " + i).toList();
    openAi(server.v1(), options(3, null)).embedPassages(texts);

    assertThat(server.inputs())
        .containsExactly(texts.subList(0, 3), texts.subList(3, 6), texts.subList(6, 8));
  }

  @Test
  void requestsHoldNoMoreCharactersThanServersTake() {
    HttpEmbedder embedder =
        openAi(server.v1(), new HttpEmbedder.Options("", "", 1_000_000, 64, 4, null));
    embedder.embedPassages(Collections.nCopies(5, "word ".repeat(15_000)));

    assertThat(server.inputs()).extracting(List::size).containsExactly(2, 2, 1);
  }

  @Test
  void vectorsInBase64AreTheSame() {
    float[] numbers = openAi(server.v1(), options(3, null)).embedQuestion("rain?");
    server.sendBase64();
    float[] decoded = openAi(server.v1(), options(3, null)).embedQuestion("rain?");

    assertThat(decoded).containsExactly(numbers, within(1e-6f));
  }

  @Test
  void prefixesStandBeforeQuestionsAndPassages() {
    HttpEmbedder embedder =
        openAi(server.v1(), new HttpEmbedder.Options("query: ", "passage: ", 512, 3, 4, null));
    embedder.embedQuestion("rain?");
    embedder.embedPassages(List.of("It rains."));

    assertThat(server.inputs())
        .containsExactly(List.of("query: rain?"), List.of("passage: It rains."));
  }

  @Test
  void whatTheModelReadsIsSetLessAFifthAndThePrefix() {
    assertThat(openAi(server.v1(), options(3, null)).maxTokens()).isEqualTo(409);
    assertThat(
            openAi(server.v1(), new HttpEmbedder.Options("", "passage: ", 512, 3, 4, null))
                .maxTokens())
        .isBetween(400, 408);
  }

  @Test
  void aLongTextIsCutWhereATokenBegins() {
    HttpEmbedder embedder = openAi(server.v1(), new HttpEmbedder.Options("", "", 40, 3, 4, null));
    embedder.embedPassages(List.of("rain ".repeat(1000)));

    String sent = server.inputs().getFirst().getFirst();
    assertThat(embedder.tokens(sent).count()).isEqualTo(32);
    assertThat("rain ".repeat(1000)).startsWith(sent);
  }
}
