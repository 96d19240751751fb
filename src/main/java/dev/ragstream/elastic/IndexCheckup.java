package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch._types.mapping.Property;
import co.elastic.clients.elasticsearch.indices.IndexSettingBlocks;
import co.elastic.clients.elasticsearch.indices.IndexSettings;
import co.elastic.clients.elasticsearch.indices.IndexState;
import co.elastic.clients.elasticsearch.indices.analyze.AnalyzeToken;
import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks an index over: what it holds, and whether questions can be put to it. */
final class IndexCheckup {

  private static final String INDEX = "index";
  private static final String EMBEDDING = "vectors";
  private static final String ANALYSIS = "analysis";

  /** Two words of two characters each. */
  private static final String CHINESE = "天气雨伞";

  private final Connection connection;
  private final String name;
  private final OpenIndex.Reading reading;
  private final @Nullable EmbeddingModel model;

  IndexCheckup(
      Connection connection,
      String name,
      OpenIndex.Reading reading,
      @Nullable EmbeddingModel model) {
    this.connection = connection;
    this.name = name;
    this.reading = reading;
    this.model = model;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    try {
      Map<String, IndexState> states =
          connection.call(client -> client.indices().get(get -> get.index(name))).indices();
      if (states.isEmpty()) {
        throw IndexFailures.missing(name, connection.address());
      }
      OpenIndex open = reading.read(name, states);
      findings.add(ClusterCheckup.look(INDEX, () -> contents(open)));
      findings.add(vectors(open));
      switch (open.layout()) {
        case OwnLayout _ -> {
          findings.add(Finding.good(ANALYSIS, "words are analysed as in the embedded index"));
          findings.add(ClusterCheckup.look("writer", () -> writer(open)));
        }
        case MappedLayout mapped ->
            mapped.mapped().text().stream()
                .map(field -> ClusterCheckup.look(ANALYSIS, () -> analysis(field, states)))
                .forEach(findings::add);
      }
      findings.addAll(blocks(states));
    } catch (FailureException e) {
      findings.add(Finding.broken(INDEX, e.failure()));
    }
    return findings;
  }

  private Finding contents(OpenIndex open) {
    Contents contents = new Contents(connection, name);
    Contents.Counts counts =
        switch (open.layout()) {
          case OwnLayout _ -> contents.counts();
          case MappedLayout _ -> contents.foreignCounts();
        };
    return Finding.good(
        INDEX,
        "%s (%s) holds %d passages of %d documents"
            .formatted(
                name,
                String.join(", ", open.indices().stream().sorted().toList()),
                counts.passages(),
                counts.documents()));
  }

  private Finding vectors(OpenIndex open) {
    VectorField field = open.layout().vectors();
    if (field == null) {
      return Finding.warning(
          EMBEDDING,
          "the index is searched by words alone",
          "name its field of vectors in store.fields.vector, where it has one");
    }
    if (model == null) {
      return Finding.warning(
          EMBEDDING,
          "whether they are of the model that the settings name cannot be told",
          "see to the embedding model first");
    }
    if (open.model() == null) {
      return field.dimensions() == model.dimensions()
          ? Finding.good(
              EMBEDDING,
              "%s has %d dimensions, as the model %s has; whether they are its vectors, the index does not say"
                  .formatted(field.name(), field.dimensions(), model.name()))
          : Finding.broken(EMBEDDING, IndexFailures.otherDimensions(name, field, model).failure());
    }
    return open.model().equals(model)
        ? Finding.good(EMBEDDING, "of the model " + open.model() + ", as the settings name")
        : Finding.broken(EMBEDDING, IndexFailures.otherModel(name, open.model(), model).failure());
  }

  /** Whether a run is going on, or was broken off. */
  private Finding writer(OpenIndex open) {
    String index = open.indices().iterator().next();
    String holder = WriterLock.holder(connection, index);
    if (holder != null) {
      return Finding.good("writer", holder + " is writing to the index");
    }
    return new IndexAdmin(connection, name).isPartlyHidden(index)
        ? Finding.warning(
            "writer",
            "a run was broken off; what it had not committed is hidden",
            "run 'ragstream index PATH' again, which tidies up and goes on")
        : Finding.good("writer", "nobody is writing to the index");
  }

  /** Whether Chinese text in a field is more to the index than single characters. */
  private Finding analysis(String field, Map<String, IndexState> states) {
    Property property = MappedIndex.fields(states.values()).get(field);
    String analyzer =
        property != null && property.isText()
            ? Objects.requireNonNullElse(property.text().analyzer(), "standard")
            : "no analyser";
    List<String> terms =
        connection
            .call(client -> client.indices().analyze(a -> a.index(name).field(field).text(CHINESE)))
            .tokens()
            .stream()
            .map(AnalyzeToken::token)
            .toList();
    boolean single = terms.stream().allMatch(term -> term.length() == 1);
    String seen = "%s is analysed by %s".formatted(field, analyzer);
    return single
        ? Finding.warning(
            ANALYSIS,
            seen + ", which cuts Chinese into single characters",
            "for Chinese text choose an analyser such as cjk or smartcn where the index is made;"
                + " other text is not concerned")
        : Finding.good(ANALYSIS, seen);
  }

  private static List<Finding> blocks(Map<String, IndexState> states) {
    List<Finding> findings = new ArrayList<>();
    states.forEach((index, state) -> {
      IndexSettings settings = inner(state.settings());
      IndexSettingBlocks blocks = settings == null ? null : settings.blocks();
      if (blocks == null) {
        return;
      }
      if (Boolean.TRUE.equals(blocks.readOnlyAllowDelete())) {
        findings.add(
            new Finding(
                Finding.Level.BROKEN,
                "blocks",
                index + " takes no changes, since a disk of the cluster is nearly full",
                "free space or add a node; the block goes by itself then"));
      } else if (Stream.of(blocks.readOnly(), blocks.write()).anyMatch(Boolean.TRUE::equals)) {
        findings.add(
            Finding.warning(
                "blocks",
                index + " takes no changes, since somebody has set a block",
                "remove index.blocks.write and index.blocks.read_only where documents are to be"
                    + " indexed"));
      }
    });
    return findings;
  }

  private static @Nullable IndexSettings inner(@Nullable IndexSettings settings) {
    return settings == null || settings.index() == null ? settings : settings.index();
  }
}
