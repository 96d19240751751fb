package dev.ragstream.embed;

import dev.ragstream.upstream.JsonAnswer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Ollama's own embeddings.
 *
 * @param model as Ollama calls it
 * @param dimensions the length of vectors to ask for, where the model offers several; null: its own
 */
public record OllamaEmbeddings(String model, @Nullable Integer dimensions) implements EmbeddingApi {

  @Override
  public String path() {
    return "/api/embed";
  }

  @Override
  public List<float[]> vectors(JsonAnswer answer, int count) {
    JsonNode embeddings = answer.root().path("embeddings");
    if (!embeddings.isArray()) {
      throw answer.unusable("answered without the array embeddings");
    }
    if (embeddings.size() != count) {
      throw answer.unusable(JsonVectors.missing(embeddings.size(), count));
    }
    List<float[]> vectors = new ArrayList<>(count);
    embeddings.forEach(vector -> vectors.add(JsonVectors.read(vector, answer)));
    return vectors;
  }
}
