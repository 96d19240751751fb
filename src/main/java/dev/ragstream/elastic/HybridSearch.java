package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.msearch.MultiSearchResponseItem;
import co.elastic.clients.elasticsearch.core.msearch.MultisearchHeader;
import co.elastic.clients.elasticsearch.core.msearch.RequestItem;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.core.search.ScoreMode;
import co.elastic.clients.elasticsearch.core.search.SearchRequestBody;
import dev.ragstream.core.Chunk;
import dev.ragstream.core.PassageStore;
import dev.ragstream.core.PassageStore.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Both rankings of a question in one request, with the texts of what they found. */
final class HybridSearch {

  /** A graph is searched for more neighbours than are wanted, or it misses some. */
  private static final double NEIGHBOURS_PER_RESULT = 1.5;

  private static final int FEWEST_NEIGHBOURS = 100;
  private static final int MOST_NEIGHBOURS = 10_000;

  /** So many times more of the nearest by shortened vectors are compared by the whole ones. */
  private static final float COMPARED_AGAIN = 1.5f;

  private final Layout layout;
  private final PassageStore.Query query;
  private final List<Query> where;
  private final Map<String, Chunk> chunks = new HashMap<>();
  private final Set<String> indices = new HashSet<>();

  private HybridSearch(Layout layout, PassageStore.Query query) {
    this.layout = layout;
    this.query = query;
    this.where = layout.where(query.where());
  }

  /** One of the two rankings: what asks for it, and how a hit's score becomes the ranking's. */
  private record Half(SearchRequestBody body, DoubleUnaryOperator score, double minScore) {}

  /**
   * Asks.
   *
   * @param copies any text; searches with the same one see the same copies of the index
   */
  static ElasticCandidates run(
      Connection connection, String index, String copies, Layout layout, PassageStore.Query query) {
    return new HybridSearch(layout, query).run(connection, index, copies);
  }

  private ElasticCandidates run(Connection connection, String index, String copies) {
    @Nullable Half lexical = query.text() == null ? null : lexical(query.text());
    @Nullable VectorField field = layout.vectors();
    @Nullable Half vector =
        query.vector() == null || field == null ? null : vector(query.vector().values(), field);
    MultisearchHeader header =
        MultisearchHeader.of(
            h -> h.index(index).preference(copies).allowPartialSearchResults(false));
    List<RequestItem> searches = new ArrayList<>();
    for (Half half : halves(lexical, vector)) {
      searches.add(RequestItem.of(item -> item.header(header).body(half.body())));
    }
    if (searches.isEmpty()) {
      return new ElasticCandidates(List.of(), List.of(), Map.of(), Set.of());
    }
    List<MultiSearchResponseItem<ObjectNode>> answers =
        connection
            .call(client -> client.msearch(m -> m.searches(searches), ObjectNode.class))
            .responses();
    return new ElasticCandidates(
        lexical == null ? List.of() : ranking(hits(answers.getFirst(), connection), lexical),
        vector == null ? List.of() : ranking(hits(answers.getLast(), connection), vector),
        chunks,
        indices);
  }

  private static List<Half> halves(@Nullable Half lexical, @Nullable Half vector) {
    List<Half> halves = new ArrayList<>();
    if (lexical != null) {
      halves.add(lexical);
    }
    if (vector != null) {
      halves.add(vector);
    }
    return halves;
  }

  private @Nullable Half lexical(String question) {
    @Nullable Query words = layout.words(question).orElse(null);
    if (words == null) {
      return null;
    }
    SearchRequestBody.Builder body = body();
    body.query(where.isEmpty() ? words : Query.of(q -> q.bool(b -> b.must(words).filter(where))));
    Layout.@Nullable Rescoring second = layout.rescoring(question);
    if (second == null) {
      return new Half(body.build(), score -> score, Double.NEGATIVE_INFINITY);
    }
    body.rescore(rescore ->
        rescore
            .windowSize(second.window())
            .query(q -> q.query(second.query()).scoreMode(ScoreMode.Total)));
    return new Half(body.build(), score -> score, second.minScore());
  }

  private Half vector(float[] question, VectorField field) {
    List<Float> values = new ArrayList<>(question.length);
    for (float value : question) {
      values.add(value);
    }
    int neighbours =
        (int) Math.clamp(query.limit() * NEIGHBOURS_PER_RESULT, FEWEST_NEIGHBOURS, MOST_NEIGHBOURS);
    SearchRequestBody.Builder body = body();
    body.knn(knn -> {
      knn.field(field.name())
          .queryVector(values)
          .k(query.limit())
          .numCandidates(neighbours)
          .filter(where);
      return field.quantized() ? knn.rescoreVector(again -> again.oversample(COMPARED_AGAIN)) : knn;
    });
    return new Half(body.build(), field::cosine, Double.NEGATIVE_INFINITY);
  }

  private SearchRequestBody.Builder body() {
    return new SearchRequestBody.Builder()
        .size(query.limit())
        .trackTotalHits(total -> total.enabled(false))
        .source(source -> source.filter(filter -> filter.includes(layout.fields())));
  }

  private static List<Hit<ObjectNode>> hits(
      MultiSearchResponseItem<ObjectNode> answer, Connection connection) {
    if (answer.isFailure()) {
      throw connection.failure(answer.failure().error(), answer.failure().status());
    }
    return answer.result().hits().hits();
  }

  private List<Candidate> ranking(List<Hit<ObjectNode>> hits, Half half) {
    List<Candidate> ranking = new ArrayList<>(hits.size());
    for (Hit<ObjectNode> hit : hits) {
      double score = half.score().applyAsDouble(Hits.score(hit));
      if (score >= half.minScore()) {
        Chunk chunk = layout.chunk(hit);
        chunks.putIfAbsent(chunk.id(), chunk);
        indices.add(hit.index());
        ranking.add(new Candidate(chunk.id(), score));
      }
    }
    return ranking;
  }
}
