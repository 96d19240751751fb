package dev.ragstream.lucene;

import dev.ragstream.core.EmbeddingModel;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a commit says about itself. */
record CommitData(@Nullable EmbeddingModel model, @Nullable Instant committed) {

  private static final String MODEL = "embedding.model";
  private static final String DIMENSIONS = "embedding.dimensions";
  private static final String COMMITTED = "committed";

  static CommitData of(Map<String, String> userData) {
    String model = userData.get(MODEL);
    String dimensions = userData.get(DIMENSIONS);
    String committed = userData.get(COMMITTED);
    return new CommitData(
        model == null || dimensions == null
            ? null
            : new EmbeddingModel(model, Integer.parseInt(dimensions)),
        committed == null ? null : Instant.parse(committed));
  }

  static Map<String, String> now(EmbeddingModel model) {
    return Map.of(
        MODEL, model.name(),
        DIMENSIONS, Integer.toString(model.dimensions()),
        COMMITTED, Instant.now().toString());
  }
}
