package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.ragstream.core.FailureException;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Goes through all that a query finds, as the index was at one moment, page by page. */
final class Scan {

  private static final int PAGE = 5_000;
  private static final Time UNTIL_THE_NEXT_PAGE = Time.of(time -> time.time("1m"));
  private static final SortOptions IN_ANY_ORDER =
      SortOptions.of(sort -> sort.field(field -> field.field("_shard_doc").order(SortOrder.Asc)));

  private final Connection connection;
  private final Query query;
  private final List<String> fields;
  private final boolean numbered;

  private Scan(Connection connection, Query query, List<String> fields, boolean numbered) {
    this.connection = connection;
    this.query = query;
    this.fields = fields;
    this.numbered = numbered;
  }

  /**
   * Hands each hit over.
   *
   * @param index or an alias, whose filter holds
   * @param fields to load; none: the hits have no source
   */
  static void each(
      Connection connection,
      String index,
      Query query,
      List<String> fields,
      Consumer<Hit<ObjectNode>> hit) {
    each(connection, index, query, fields, false, hit);
  }

  /**
   * The same.
   *
   * @param numbered whether hits have the number under which the index took them in
   */
  static void each(
      Connection connection,
      String index,
      Query query,
      List<String> fields,
      boolean numbered,
      Consumer<Hit<ObjectNode>> hit) {
    String snapshot =
        connection
            .call(client ->
                client.openPointInTime(open -> open.index(index).keepAlive(UNTIL_THE_NEXT_PAGE)))
            .id();
    try {
      snapshot = new Scan(connection, query, fields, numbered).pages(snapshot, hit);
    } finally {
      close(snapshot, connection);
    }
  }

  private static void close(String snapshot, Connection connection) {
    try {
      connection.call(client -> client.closePointInTime(close -> close.id(snapshot)));
    } catch (FailureException _) {
      // The server lets go of it by itself, and what was read is read.
    }
  }

  private String pages(String snapshot, Consumer<Hit<ObjectNode>> hit) {
    String current = snapshot;
    List<FieldValue> after = List.of();
    while (true) {
      SearchRequest request = page(current, after);
      SearchResponse<ObjectNode> page =
          connection.call(client -> client.search(request, ObjectNode.class));
      List<Hit<ObjectNode>> hits = page.hits().hits();
      hits.forEach(hit);
      if (hits.size() < PAGE) {
        return current;
      }
      after = hits.getLast().sort();
      current = page.pitId() == null ? current : page.pitId();
    }
  }

  private SearchRequest page(String snapshot, List<FieldValue> after) {
    return SearchRequest.of(search -> {
      search
          .pit(pit -> pit.id(snapshot).keepAlive(UNTIL_THE_NEXT_PAGE))
          .query(query)
          .size(PAGE)
          .seqNoPrimaryTerm(numbered)
          .sort(IN_ANY_ORDER)
          .trackTotalHits(total -> total.enabled(false))
          .source(source ->
              fields.isEmpty()
                  ? source.fetch(false)
                  : source.filter(filter -> filter.includes(fields)));
      return after.isEmpty() ? search : search.searchAfter(after);
    });
  }
}
