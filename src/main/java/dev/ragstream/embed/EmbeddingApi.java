package dev.ragstream.embed;

import dev.ragstream.upstream.JsonAnswer;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** How one kind of provider is asked for vectors, and how its answer is read. */
public sealed interface EmbeddingApi permits OpenAiEmbeddings, OllamaEmbeddings {

  /** The resource, after the server's address. */
  String path();

  /** The request for the vectors of some texts. */
  JsonNode request(List<String> texts);

  /**
   * The vectors as the server sent them, in the order of the texts.
   *
   * @param count how many texts there were
   */
  List<float[]> vectors(JsonAnswer answer, int count);
}
