package dev.ragstream.embed;

import dev.ragstream.upstream.JsonAnswer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * OpenAI's embeddings: spoken by OpenAI itself, vLLM, llama.cpp, LM Studio,
 * text-embeddings-inference and more.
 *
 * @param model as its server calls it
 * @param dimensions the length of vectors to ask for, where the model offers several; null: its own
 */
public record OpenAiEmbeddings(String model, @Nullable Integer dimensions) implements EmbeddingApi {

  @Override
  public String path() {
    return "/embeddings";
  }

  @Override
  public List<float[]> vectors(JsonAnswer answer, int count) {
    JsonNode data = answer.root().path("data");
    if (!data.isArray()) {
      throw answer.unusable("answered without the array data");
    }
    float[][] vectors = new float[count][];
    for (JsonNode item : data) {
      int index = item.path("index").asInt(-1);
      if (index < 0 || index >= count) {
        throw answer.unusable("answered with a vector for no text: index " + item.path("index"));
      }
      if (vectors[index] != null) {
        throw answer.unusable("answered twice with a vector of index " + index);
      }
      vectors[index] = JsonVectors.read(item.path("embedding"), answer);
    }
    if (Arrays.stream(vectors).anyMatch(Objects::isNull)) {
      throw answer.unusable(JsonVectors.missing(data.size(), count));
    }
    return new ArrayList<>(Arrays.asList(vectors));
  }
}
