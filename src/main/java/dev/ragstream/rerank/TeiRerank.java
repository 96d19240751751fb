package dev.ragstream.rerank;

import dev.ragstream.upstream.JsonAnswer;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The rerank of Hugging Face's text-embeddings-inference, whose server holds one model alone. */
public record TeiRerank() implements RerankApi {

  @Override
  public JsonNode request(String question, List<String> texts) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("query", question);
    ArrayNode array = body.putArray("texts");
    texts.forEach(array::add);
    return body.put("truncate", true);
  }

  @Override
  public JsonNode results(JsonAnswer answer) {
    return answer.root();
  }

  @Override
  public String scoreField() {
    return "score";
  }
}
