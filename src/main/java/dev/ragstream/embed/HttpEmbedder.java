package dev.ragstream.embed;

import dev.ragstream.core.Embedder;
import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.TextRefusedException;
import dev.ragstream.core.TokenSpans;
import dev.ragstream.upstream.JsonAnswer;
import dev.ragstream.upstream.JsonExchange;
import dev.ragstream.upstream.StatusException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An embedding model on a server. The length of its vectors is known from the settings or from the
 * first answer; a later one of another length is refused.
 */
public final class HttpEmbedder implements Embedder {

  /** So that no request comes near the 300,000 tokens that OpenAI takes at once. */
  private static final int BATCH_CHARACTERS = 200_000;

  /** How much of what the model reads is used, as its own tokens are only estimated. */
  private static final double MARGIN = 0.8;

  /** Statuses by which servers refuse what a request holds. */
  private static final Set<Integer> REFUSALS = Set.of(400, 413, 422);

  private final EmbeddingApi api;
  private final JsonExchange exchange;
  private final Function<String, TokenSpans> tokens;
  private final Options options;
  private final int prefixTokens;
  private int dimensions;

  /**
   * Asks nothing yet.
   *
   * @param tokens an estimate of where the model's tokens are in a text
   */
  public HttpEmbedder(
      EmbeddingApi api,
      JsonExchange exchange,
      Function<String, TokenSpans> tokens,
      Options options) {
    this.api = api;
    this.exchange = exchange;
    this.tokens = tokens;
    this.options = options;
    this.prefixTokens = tokens.apply(options.passagePrefix()).count();
    this.dimensions = options.dimensions() == null ? 0 : options.dimensions();
  }

  /**
   * What the settings say of the model.
   *
   * @param questionPrefix what it wants before a question; may be empty
   * @param passagePrefix what it wants before a passage; may be empty
   * @param maxTokens how many tokens of its own the model reads
   * @param batchSize how many texts one request holds at most
   * @param concurrency how many requests run at the same time
   * @param dimensions of its vectors; null: as the first answer has
   */
  public record Options(
      String questionPrefix,
      String passagePrefix,
      int maxTokens,
      int batchSize,
      int concurrency,
      @Nullable Integer dimensions) {}

  /** Asks the server for a vector where the length of its vectors is not known yet. */
  @Override
  public EmbeddingModel model() {
    int known = dimensions();
    return new EmbeddingModel(
        exchange.model(), known > 0 ? known : ask(List.of("dimensions")).getFirst().length);
  }

  /**
   * Text beyond {@link #maxTokens()} is not sent.
   *
   * @throws TextRefusedException where the server takes all but one of them
   */
  @Override
  public List<float[]> embedPassages(List<String> texts) {
    List<String> inputs =
        texts.stream().map(text -> options.passagePrefix() + clipped(text)).toList();
    List<float[]> vectors = new ArrayList<>(texts.size());
    while (vectors.size() < inputs.size()) {
      int from = vectors.size();
      vectors.addAll(embed(inputs, from, batchEnd(inputs, from)));
    }
    return vectors;
  }

  @Override
  public float[] embedQuestion(String text) {
    return ask(List.of(options.questionPrefix() + clipped(text))).getFirst();
  }

  @Override
  public TokenSpans tokens(String text) {
    return tokens.apply(text);
  }

  @Override
  public int maxTokens() {
    return Math.max(1, (int) (MARGIN * options.maxTokens()) - prefixTokens);
  }

  @Override
  public int batchSize() {
    return options.batchSize();
  }

  @Override
  public int concurrency() {
    return options.concurrency();
  }

  @Override
  public void close() {
    // Nothing is held between two requests.
  }

  private String clipped(String text) {
    TokenSpans spans = tokens.apply(text);
    int most = maxTokens();
    return spans.count() <= most ? text : text.substring(0, spans.starts()[most]);
  }

  private int batchEnd(List<String> inputs, int from) {
    int end = from + 1;
    int characters = inputs.get(from).length();
    while (end < inputs.size() && end - from < options.batchSize()) {
      characters += inputs.get(end).length();
      if (characters > BATCH_CHARACTERS) {
        break;
      }
      end++;
    }
    return end;
  }

  /** Halves what is refused: a server may take fewer texts at once, or object to one of them. */
  private List<float[]> embed(List<String> inputs, int from, int to) {
    try {
      return ask(inputs.subList(from, to));
    } catch (StatusException e) {
      if (!REFUSALS.contains(e.status())) {
        throw e;
      }
      if (to - from == 1) {
        throw refused(from, inputs.get(from), e.failure());
      }
      int middle = (from + to) / 2;
      List<float[]> vectors = new ArrayList<>(embed(inputs, from, middle));
      vectors.addAll(embed(inputs, middle, to));
      return vectors;
    }
  }

  private static TextRefusedException refused(int index, String text, Failure failure) {
    String beginning = text.substring(0, text.offsetByCodePoints(0, Math.min(40, length(text))));
    return new TextRefusedException(
        index,
        new Failure(
            failure.kind(),
            "the text that begins with \"%s\" (%d characters) was refused: %s"
                .formatted(beginning.strip(), text.length(), failure.problem()),
            "if it is too long, lower embedding.maxTokens; else " + failure.remedy()));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The vectors of texts that one request may hold. */
  private List<float[]> ask(List<String> inputs) {
    List<String> visible = inputs.stream().map(HttpEmbedder::notEmpty).toList();
    JsonAnswer answer = exchange.post(api.path(), api.request(visible));
    List<float[]> vectors = api.vectors(answer, inputs.size());
    for (float[] vector : vectors) {
      int expected = expected(vector.length);
      if (vector.length != expected) {
        throw otherLength(answer, vector.length, expected);
      }
    }
    return vectors;
  }

  private FailureException otherLength(JsonAnswer answer, int length, int expected) {
    return answer.unusable(
        "answered with a vector of %d dimensions, and %s %d"
            .formatted(
                length,
                options.dimensions() == null ? "those before had" : "embedding.dimensions is",
                expected));
  }

  /** OpenAI refuses a text without a character. */
  private static String notEmpty(String text) {
    return text.isEmpty() ? " " : text;
  }

  private synchronized int dimensions() {
    return dimensions;
  }

  private synchronized int expected(int length) {
    if (dimensions == 0) {
      dimensions = length;
    }
    return dimensions;
  }
}
