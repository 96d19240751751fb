package dev.ragstream.embed;

import static dev.ragstream.embed.HttpEmbedderFixture.ollama;
import static dev.ragstream.embed.HttpEmbedderFixture.openAi;
import static dev.ragstream.embed.HttpEmbedderFixture.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragstream.core.Failure;
import dev.ragstream.core.Failure.Kind;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.TextRefusedException;
import dev.ragstream.embed.EmbeddingServer.Answer;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpEmbedderFaultsTest {

  private final EmbeddingServer server = new EmbeddingServer();

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                                                             | answered without the array data
          {"data":[]}                                                    | answered with 0 vectors for 2 texts
          {"data":[{"index":0,"embedding":[1,2]}]}                       | answered with 1 vectors for 2 texts
          {"data":[{"index":2,"embedding":[1,2]}]}                       | answered with a vector for no text: index 2
          {"data":[{"index":-1,"embedding":[1,2]}]}                      | answered with a vector for no text: index -1
          {"data":[{"index":0,"embedding":[1,2]},{"index":0,"embedding":[1,2]}]} | answered twice with a vector of index 0
          {"data":[{"index":0,"embedding":[]}]}                          | answered with an empty vector
          {"data":[{"index":0,"embedding":[0,0]}]}                       | answered with a vector that has no direction: all zero, or not finite
          {"data":[{"index":0,"embedding":[1e39,0]}]}                    | answered with a vector that has no direction: all zero, or not finite
          {"data":[{"index":0,"embedding":[1,null]}]}                    | answered with a vector that holds something else than numbers
          {"data":[{"index":0,"embedding":["NaN",1]}]}                   | answered with a vector that holds something else than numbers
          {"data":[{"index":0,"embedding":null}]}                        | answered with no vector where one belongs
          {"data":[{"index":0}]}                                         | answered with no vector where one belongs
          {"data":[{"index":0,"embedding":"%%%"}]}                       | answered with a vector that is neither an array nor base64
          {"data":[{"index":0,"embedding":[1,2]},{"index":1,"embedding":[1,2,3]}]} | answered with a vector of 3 dimensions, and those before had 2
          """)
  void anAnswerThatIsNoneOfOpenAis(String body, String problem) {
    server.instead(_ -> new Answer(200, body));

    assertThat(failure(openAi(server.v1(), options(64, null)), List.of("a", "b")))
        .isEqualTo(
            new Failure(
                Kind.UPSTREAM_PROTOCOL,
                server.v1() + "/embeddings " + problem,
                "check that embedding.baseUrl is the address of an API for embeddings"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                              | answered without the array embeddings
          {"embeddings":[[1,2]]}          | answered with 1 vectors for 2 texts
          {"embeddings":[[1,2],[]]}       | answered with an empty vector
          {"embeddings":[[1,2],[1]]}      | answered with a vector of 1 dimensions, and those before had 2
          """)
  void anAnswerThatIsNoneOfOllamas(String body, String problem) {
    server.instead(_ -> new Answer(200, body));

    assertThat(failure(ollama(server.root(), options(64, null)), List.of("a", "b")).problem())
        .isEqualTo(server.root() + "/api/embed " + problem);
  }

  @Test
  void aServerThatIgnoresTheDimensionsIsTold() {
    server.instead(_ -> new Answer(200, "{\"embeddings\":[[1,2,3]]}"));

    assertThat(failure(ollama(server.root(), options(64, 8)), List.of("a")).problem())
        .endsWith("answered with a vector of 3 dimensions, and embedding.dimensions is 8");
  }

  @Test
  void aServerThatTakesFewerTextsAtOnceIsAskedForFewer() {
    server.instead(
        request -> request.path("input").size() > 4 ? Answer.error(413, "batch size > 4") : null);
    List<String> texts = IntStream.range(0, 16).mapToObj(i -> "text " + "x".repeat(i)).toList();

    List<float[]> vectors = openAi(server.v1(), options(64, null)).embedPassages(texts);

    assertThat(vectors).hasSize(16);
    assertThat(
            Vectors.cosine(
                vectors.get(13),
                openAi(server.v1(), options(1, null)).embedPassages(texts).get(13)))
        .isGreaterThan(0.999);
  }

  @Test
  void aTextThatTheServerRefusesIsNamed() {
    server.instead(request ->
        request.path("input").toString().contains("endless")
            ? Answer.error(400, "maximum context length is 8192 tokens")
            : null);

    TextRefusedException refused =
        Objects.requireNonNull(
            catchThrowableOfType(
                TextRefusedException.class,
                () ->
                    openAi(server.v1(), options(64, null))
                        .embedPassages(List.of("a", "b", "c", "d", "an endless text", "f"))));

    assertThat(refused.index()).isEqualTo(4);
    assertThat(refused.failure())
        .isEqualTo(
            new Failure(
                Kind.UPSTREAM_ERROR,
                "the text that begins with \"an endless text\" (15 characters) was refused: "
                    + server.v1()
                    + "/embeddings answered 400: maximum context length is 8192 tokens",
                "if it is too long, lower embedding.maxTokens; else change what the server objects"
                    + " to; embedding.model is openai:m"));
  }

  @Test
  void aBusyServerIsAskedAgain() {
    AtomicInteger asked = new AtomicInteger();
    server.instead(_ -> asked.incrementAndGet() < 3 ? Answer.error(503, "loading") : null);

    assertThat(openAi(server.v1(), options(64, null)).embedQuestion("rain?"))
        .hasSize(EmbeddingServer.DIMENSIONS);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void aRefusedKeyIsNamedAndNeverShown() {
    server.instead(_ -> Answer.error(401, "bad key " + HttpEmbedderFixture.CANARY));

    Failure failure = failure(openAi(server.v1(), options(64, null)), List.of("a"));

    assertThat(failure.kind()).isEqualTo(Kind.UPSTREAM_UNAUTHORIZED);
    assertThat(failure.remedy()).contains("$KEY", "embedding.apiKey");
    assertThat(failure.toString()).doesNotContain(HttpEmbedderFixture.CANARY);
  }

  @Test
  void aServerThatIsNotThereIsNamedWithItsSetting() {
    assertThat(
            failure(openAi(URI.create("http://127.0.0.1:1/v1"), options(64, null)), List.of("a")))
        .isEqualTo(
            new Failure(
                Kind.UPSTREAM_UNREACHABLE,
                "http://127.0.0.1:1/v1/embeddings refused the connection",
                "check that the model's server is running and that embedding.baseUrl is its"
                    + " address"));
  }

  private static Failure failure(HttpEmbedder embedder, List<String> texts) {
    return Objects.requireNonNull(
            catchThrowableOfType(FailureException.class, () -> embedder.embedPassages(texts)))
        .failure();
  }
}
