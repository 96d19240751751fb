package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.ragstream.core.Chunk;
import dev.ragstream.core.Filter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How the passages of an index are asked for, and how a hit is read. */
sealed interface Layout permits OwnLayout, MappedLayout {

  /** What finds passages by the words of a question; empty where it has none. */
  Optional<Query> words(String question);

  /** What passages must fulfil. */
  List<Query> where(Filter filter);

  /** The field of the vectors, or null where there are none. */
  @Nullable VectorField vectors();

  /** A second look at the best hits by words, or null. */
  @Nullable Rescoring rescoring(String question);

  /** The fields that {@link #chunk} reads. */
  List<String> fields();

  Chunk chunk(Hit<ObjectNode> hit);

  /**
   * What the best hits gain points by.
   *
   * @param query adds its score to a hit's own
   * @param window how many of the best hits are looked at
   * @param minScore hits with less in the end are left out
   */
  record Rescoring(Query query, int window, double minScore) {}
}
