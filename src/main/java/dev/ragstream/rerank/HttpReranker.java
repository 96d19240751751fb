package dev.ragstream.rerank;

import dev.ragstream.core.Reranker;
import dev.ragstream.upstream.JsonAnswer;
import dev.ragstream.upstream.JsonExchange;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A reranker on a server. */
public final class HttpReranker implements Reranker {

  private final RerankApi api;
  private final JsonExchange exchange;

  /**
   * Asks nothing yet.
   *
   * @param exchange with the whole address of the server's resource
   */
  public HttpReranker(RerankApi api, JsonExchange exchange) {
    this.api = api;
    this.exchange = exchange;
  }

  @Override
  public String name() {
    return exchange.model();
  }

  @Override
  public List<Double> scores(String question, List<String> texts) {
    JsonAnswer answer = exchange.post("", api.request(question, texts));
    JsonNode results = api.results(answer);
    if (!results.isArray()) {
      throw answer.unusable("answered without an array of scores");
    }
    double[] scores = new double[texts.size()];
    Arrays.fill(scores, Double.NaN); // not told yet
    for (JsonNode result : results) {
      int index = result.path("index").asInt(-1);
      if (index < 0 || index >= texts.size()) {
        throw answer.unusable("answered with a score for no text: index " + result.path("index"));
      }
      if (!Double.isNaN(scores[index])) {
        throw answer.unusable("answered twice with a score of index " + index);
      }
      scores[index] = score(result, answer);
    }
    if (results.size() < texts.size()) {
      throw answer.unusable(
          "answered with " + results.size() + " scores for " + texts.size() + " texts");
    }
    return Arrays.stream(scores).boxed().toList();
  }

  private double score(JsonNode result, JsonAnswer answer) {
    JsonNode score = result.path(api.scoreField());
    if (!score.isNumber() || !Double.isFinite(score.doubleValue())) {
      throw answer.unusable(
          "answered with a " + api.scoreField() + " that is no finite number: " + score);
    }
    return score.doubleValue();
  }
}
