package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch._types.mapping.DenseVectorIndexOptionsType;
import co.elastic.clients.elasticsearch._types.mapping.DenseVectorSimilarity;
import co.elastic.clients.elasticsearch._types.mapping.DynamicMapping;
import co.elastic.clients.elasticsearch._types.mapping.IndexOptions;
import co.elastic.clients.elasticsearch._types.mapping.TypeMapping;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.json.JsonData;
import dev.ragstream.core.Chunk;
import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.Filter;
import dev.ragstream.core.StoredDocument;
import dev.ragstream.core.TextAnalysis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How ragstream lays out an index of its own. Words are analysed before they are sent, so that
 * every cluster ranks as the embedded index does.
 *
 * @param vectors null where the index was made for none
 */
record OwnLayout(TextAnalysis analysis, @Nullable VectorField vectors) implements Layout {

  /** The document of a passage; present in documents of passages alone. */
  static final String SOURCE = "source";

  /** Present in the records of documents alone; holds the source. */
  static final String RECORD = "record";

  static final String FINGERPRINT = "fingerprint";
  static final String CHUNKS = "chunks";

  /** Which commit a passage or record came with. */
  static final String GENERATION = "generation";

  static final String ID = "id";
  static final String TITLE = "title";
  static final String TEXT = "text";
  static final String WORDS = "words";
  static final String METADATA = "metadata";
  static final String FACTS = "facts";
  static final String VECTOR = "vector";

  /** The name of the similarity that scores words. */
  static final String SIMILARITY = "passages";

  /** Which of two places a document's newest version is in: 0 or 1; see {@link DocumentIds}. */
  static final String PLACE = "place";

  /** Who writes to the index, and when it was last committed; see {@link WriterLock}. */
  static final String STATE = "state";

  private static final String MODEL = "embeddingModel";
  private static final String DIMENSIONS = "dimensions";

  static TypeMapping mapping(EmbeddingModel model) {
    return TypeMapping.of(mapping ->
        mapping
            .dynamic(DynamicMapping.Strict)
            .meta(MODEL, JsonData.of(model.name()))
            .meta(DIMENSIONS, JsonData.of(model.dimensions()))
            .properties(
                ID,
                id ->
                    id.keyword(
                        keyword -> keyword.index(false).docValues(doc -> doc.enabled(false))))
            .properties(SOURCE, source -> source.keyword(keyword -> keyword))
            .properties(TITLE, title -> title.text(text -> text.index(false)))
            .properties(TEXT, body -> body.text(text -> text.index(false)))
            .properties(
                WORDS,
                words ->
                    words.text(text ->
                        text.analyzer("whitespace")
                            .similarity(SIMILARITY)
                            .indexOptions(IndexOptions.Freqs)))
            .properties(METADATA, metadata -> metadata.object(object -> object.enabled(false)))
            .properties(FACTS, facts -> facts.keyword(keyword -> keyword))
            .properties(
                VECTOR,
                vector ->
                    vector.denseVector(dense ->
                        dense
                            .dims(model.dimensions())
                            .index(true)
                            .similarity(DenseVectorSimilarity.Cosine)
                            .indexOptions(
                                options -> options.type(DenseVectorIndexOptionsType.Int8Hnsw))))
            .properties(RECORD, record -> record.keyword(keyword -> keyword))
            .properties(
                FINGERPRINT,
                fingerprint ->
                    fingerprint.keyword(
                        keyword -> keyword.index(false).docValues(doc -> doc.enabled(false))))
            .properties(
                CHUNKS,
                chunks ->
                    chunks.integer(
                        number -> number.index(false).docValues(doc -> doc.enabled(false))))
            .properties(GENERATION, generation -> generation.long_(number -> number))
            .properties(PLACE, place -> place.byte_(number -> number))
            .properties(STATE, state -> state.object(object -> object.enabled(false))));
  }

  /** The embedding model that an index was made for; empty where ragstream did not make it. */
  static Optional<EmbeddingModel> model(@Nullable TypeMapping mapping) {
    if (mapping == null
        || !mapping.meta().containsKey(MODEL)
        || !mapping.meta().containsKey(DIMENSIONS)) {
      return Optional.empty();
    }
    return Optional.of(
        new EmbeddingModel(
            mapping.meta().get(MODEL).to(String.class),
            mapping.meta().get(DIMENSIONS).to(Integer.class)));
  }

  @Override
  public Optional<Query> words(String question) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    analysis.questionTerms(question).forEach(term -> counts.merge(term, 1, Integer::sum));
    if (counts.isEmpty()) {
      return Optional.empty();
    }
    List<Query> any = new ArrayList<>(counts.size());
    counts.forEach((word, count) ->
        any.add(Query.of(q -> q.term(t -> t.field(WORDS).value(word).boost((float) count)))));
    return Optional.of(Query.of(q -> q.bool(bool -> bool.should(any))));
  }

  @Override
  public List<Query> where(Filter filter) {
    return filter.required().entrySet().stream()
        .map(fact -> Facts.term(fact.getKey(), fact.getValue()))
        .map(fact -> Query.of(q -> q.term(t -> t.field(FACTS).value(fact))))
        .toList();
  }

  @Override
  public @Nullable Rescoring rescoring(String question) {
    return null;
  }

  @Override
  public List<String> fields() {
    return List.of(ID, SOURCE, TITLE, TEXT, METADATA);
  }

  @Override
  public Chunk chunk(Hit<ObjectNode> hit) {
    ObjectNode found = Hits.source(hit);
    Map<String, String> metadata = new TreeMap<>();
    found
        .path(METADATA)
        .properties()
        .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asString()));
    return new Chunk(
        found.path(ID).asString(),
        found.path(SOURCE).asString(),
        found.path(TITLE).asString(),
        found.path(TEXT).asString(),
        metadata);
  }

  static StoredDocument record(Hit<ObjectNode> hit) {
    ObjectNode found = Hits.source(hit);
    return new StoredDocument(
        found.path(RECORD).asString(),
        found.path(FINGERPRINT).asString(),
        found.path(CHUNKS).asInt());
  }
}
