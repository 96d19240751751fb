package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch._types.mapping.Property;
import co.elastic.clients.elasticsearch._types.mapping.TypeMapping;
import co.elastic.clients.elasticsearch.indices.IndexState;
import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.TextAnalysis;
import java.util.Map;
import java.util.Set;

/** Reads an index that ragstream made. */
record OwnIndex(TextAnalysis analysis) implements OpenIndex.Reading {

  @Override
  public OpenIndex read(String name, Map<String, IndexState> found) {
    if (found.size() > 1) {
      throw IndexFailures.severalIndices(name, found.keySet());
    }
    TypeMapping mapping = found.values().iterator().next().mappings();
    EmbeddingModel model = OwnLayout.model(mapping).orElseThrow(() -> IndexFailures.notOurs(name));
    Property vector = mapping == null ? null : mapping.properties().get(OwnLayout.VECTOR);
    if (vector == null || !vector.isDenseVector()) {
      throw IndexFailures.notOurs(name);
    }
    return new OpenIndex(
        Set.copyOf(found.keySet()),
        new OwnLayout(analysis, VectorField.of(OwnLayout.VECTOR, vector.denseVector())),
        model);
  }
}
