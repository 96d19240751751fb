package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch._types.CommonStatsFlag;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.NumberRangeQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.indices.stats.IndicesStats;
import dev.ragstream.core.StoredDocument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is in an index of ragstream's own.
 *
 * @param index its name, or an alias that leaves out what is not committed
 */
record Contents(Connection connection, String index) {

  /** Elasticsearch refuses more than 65,536 values in one query. */
  private static final int SOURCES_AT_ONCE = 10_000;

  private static final int FORBIDDEN = 403;

  private static final Query RECORDS =
      Query.of(q -> q.exists(exists -> exists.field(OwnLayout.RECORD)));
  private static final Query PASSAGES =
      Query.of(q -> q.exists(exists -> exists.field(OwnLayout.SOURCE)));

  /** The documents by source. */
  Map<String, StoredDocument> documents() {
    Map<String, StoredDocument> documents = new HashMap<>();
    Scan.each(
        connection,
        index,
        RECORDS,
        List.of(OwnLayout.RECORD, OwnLayout.FINGERPRINT, OwnLayout.CHUNKS),
        hit -> {
          StoredDocument document = OwnLayout.record(hit);
          documents.put(document.source(), document);
        });
    return documents;
  }

  /** How many documents and passages there are. */
  record Counts(long documents, long passages) {}

  Counts counts() {
    return new Counts(count(RECORDS), count(PASSAGES));
  }

  /** In an index that somebody else filled every document is a passage. */
  Counts foreignCounts() {
    long all = count(Query.of(q -> q.matchAll(any -> any)));
    return new Counts(all, all);
  }

  /** The size on disk, all copies; 0 where the user may not know. */
  long bytes() {
    return connection.call(client -> {
      try {
        IndicesStats all =
            client.indices().stats(stats -> stats.index(index).metric(CommonStatsFlag.Store)).all();
        return all.total() == null || all.total().store() == null
            ? 0
            : all.total().store().sizeInBytes();
      } catch (ElasticsearchException e) {
        if (e.status() == FORBIDDEN) {
          return 0L;
        }
        throw e;
      }
    });
  }

  private long count(Query query) {
    return connection.call(client -> client.count(c -> c.index(index).query(query))).count();
  }

  /** The newest generation; 0 in an empty index. */
  long newestGeneration() {
    SearchResponse<Void> answer =
        connection.call(client ->
            client.search(
                search ->
                    search
                        .index(index)
                        .size(0)
                        .aggregations(
                            "newest", newest -> newest.max(max -> max.field(OwnLayout.GENERATION))),
                Void.class));
    Double newest = Objects.requireNonNull(answer.aggregations().get("newest")).max().value();
    return newest == null || newest.isInfinite() ? 0 : newest.longValue();
  }

  /**
   * Where a version of a document is.
   *
   * @param place 0 or 1; see {@link DocumentIds}
   */
  record Version(String source, int place, long generation) {}

  /** Hands over the versions of documents; more than one where a run was broken off. */
  void versions(Consumer<Version> version) {
    Scan.each(
        connection,
        index,
        RECORDS,
        List.of(OwnLayout.RECORD, OwnLayout.PLACE, OwnLayout.GENERATION),
        hit -> {
          ObjectNode found = Hits.source(hit);
          version.accept(
              new Version(
                  found.path(OwnLayout.RECORD).asString(),
                  found.path(OwnLayout.PLACE).asInt(),
                  found.path(OwnLayout.GENERATION).asLong()));
        });
  }

  /** Makes all changes visible to searches. */
  void refresh() {
    connection.call(client -> client.indices().refresh(refresh -> refresh.index(index)));
  }

  /** Hands over the ids of passages and records that came with certain commits. */
  void ids(UnaryOperator<NumberRangeQuery.Builder> generations, Consumer<String> id) {
    Scan.each(connection, index, of(generations), List.of(), hit -> id.accept(Hits.id(hit)));
  }

  /** The ids of the passages of some documents that came with certain commits. */
  List<String> passageIds(
      Collection<String> sources, UnaryOperator<NumberRangeQuery.Builder> generations) {
    return ids(OwnLayout.SOURCE, sources, generations);
  }

  /** The ids of the records of some documents that came with certain commits. */
  List<String> recordIds(
      Collection<String> sources, UnaryOperator<NumberRangeQuery.Builder> generations) {
    return ids(OwnLayout.RECORD, sources, generations);
  }

  private List<String> ids(
      String field,
      Collection<String> sources,
      UnaryOperator<NumberRangeQuery.Builder> generations) {
    List<FieldValue> values = sources.stream().map(FieldValue::of).toList();
    List<String> ids = new ArrayList<>();
    for (int from = 0; from < values.size(); from += SOURCES_AT_ONCE) {
      List<FieldValue> some = values.subList(from, Math.min(values.size(), from + SOURCES_AT_ONCE));
      Query query =
          Query.of(q -> q.bool(bool -> bool.filter(of(generations)).filter(oneOf(field, some))));
      Scan.each(connection, index, query, List.of(), hit -> ids.add(Hits.id(hit)));
    }
    return ids;
  }

  private static Query of(UnaryOperator<NumberRangeQuery.Builder> generations) {
    return Query.of(q ->
        q.range(range ->
            range.number(number -> generations.apply(number.field(OwnLayout.GENERATION)))));
  }

  private static Query oneOf(String field, List<FieldValue> values) {
    return Query.of(q -> q.terms(terms -> terms.field(field).terms(t -> t.value(values))));
  }
}
