package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch.indices.GetIndexResponse;
import co.elastic.clients.elasticsearch.indices.IndexState;
import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.PassageStore.QuestionVector;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An index as it was when it was last looked at.
 *
 * @param indices that its name stands for
 * @param model of its vectors; null in an index that somebody else filled, which does not say
 */
record OpenIndex(Set<String> indices, Layout layout, @Nullable EmbeddingModel model) {

  /** Makes sense of what stands behind a name. */
  @FunctionalInterface
  interface Reading {

    /**
     * Reads the mapping.
     *
     * @param found by the indices' own names, at least one
     */
    OpenIndex read(String name, Map<String, IndexState> found);
  }

  /**
   * Looks.
   *
   * @throws FailureException of kind {@code STORE_MISSING} where there is no such index
   */
  static OpenIndex named(String name, Connection connection, Reading reading) {
    GetIndexResponse found =
        connection.call(client -> client.indices().get(get -> get.index(name)));
    if (found.indices().isEmpty()) {
      throw IndexFailures.missing(name, connection.address());
    }
    return reading.read(name, found.indices());
  }

  /** Whether vectors of this model can be compared with the index's. */
  boolean fits(QuestionVector question) {
    VectorField field = layout.vectors();
    return model == null
        ? field != null && field.dimensions() == question.model().dimensions()
        : model.equals(question.model());
  }
}
