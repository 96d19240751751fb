package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch.core.search.Hit;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** What every hit has, though the client's types do not say so. */
final class Hits {

  private Hits() {}

  static ObjectNode source(Hit<ObjectNode> hit) {
    return Objects.requireNonNull(hit.source(), "a hit without its source");
  }

  static String id(Hit<?> hit) {
    return Objects.requireNonNull(hit.id(), "a hit without its id");
  }

  static double score(Hit<?> hit) {
    return Objects.requireNonNull(hit.score(), "a hit without a score");
  }
}
