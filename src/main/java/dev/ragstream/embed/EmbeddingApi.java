package dev.ragstream.embed;

import dev.ragstream.upstream.JsonAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How one kind of provider is asked for vectors, and how its answer is read. */
public sealed interface EmbeddingApi permits OpenAiEmbeddings, OllamaEmbeddings {

  /** The resource, after the server's address. */
  String path();

  /** The model as its server calls it. */
  String model();

  /** The length of vectors to ask for, where the model offers several; null: its own. */
  @Nullable Integer dimensions();

  /** The request for the vectors of some texts, which all of them spell alike. */
  default JsonNode request(List<String> texts) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", model());
    ArrayNode input = body.putArray("input");
    texts.forEach(input::add);
    Integer dimensions = dimensions();
    if (dimensions != null) {
      body.put("dimensions", dimensions);
    }
    return body;
  }

  /**
   * The vectors as the server sent them, in the order of the texts.
   *
   * @param count how many texts there were
   */
  List<float[]> vectors(JsonAnswer answer, int count);
}
