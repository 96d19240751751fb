package dev.ragstream.rerank;

import dev.ragstream.upstream.JsonAnswer;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Cohere's rerank, which Jina, vLLM, llama.cpp and others speak too.
 *
 * @param model as its server calls it; empty: left to the server
 */
public record CohereRerank(String model) implements RerankApi {

  @Override
  public JsonNode request(String question, List<String> texts) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (!model.isEmpty()) {
      body.put("model", model);
    }
    body.put("query", question);
    ArrayNode documents = body.putArray("documents");
    texts.forEach(documents::add);
    return body.put("top_n", texts.size());
  }

  @Override
  public JsonNode results(JsonAnswer answer) {
    return answer.root().path("results");
  }

  @Override
  public String scoreField() {
    return "relevance_score";
  }
}
