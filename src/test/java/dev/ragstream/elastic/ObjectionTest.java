package dev.ragstream.elastic;

import static dev.ragstream.elastic.Clusters.at;
import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch._types.ErrorCause;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a real node says no to, and what is told of it. */
@ExtendWith(ElasticNode.class)
class ObjectionTest {

  private static final String MAPPING =
      """
      {"settings": {"number_of_replicas": 0}, "mappings": {"properties": {
        "n": {"type": "integer"}, "v": {"type": "dense_vector", "dims": 3}}}}
      """;

  private static final String REBUILD =
      """
      -> run 'ragstream index --rebuild PATH', which fills a new index, or correct store.index \
      and store.fields
      """;

  private final URI url;
  @AutoClose private final TroubledIndex index;
  @AutoClose private final Connection connection;

  ObjectionTest(URI url) {
    this.url = url;
    this.index = TroubledIndex.on(url, MAPPING);
    this.connection = new Connection(at(url));
  }

  @Test
  void anIndexThatIsNotThere() {
    index.send("DELETE", "", "");

    assertThat(index.told(search()))
        .isEqualTo(
            """
            STORE_MISSING: Elasticsearch at URL has no such index or alias: no such index [INDEX] \
            (index_not_found_exception)
            -> run 'ragstream index PATH' first, or correct store.index
            """);
  }

  @Test
  void anIndexThatIsClosed() {
    index.send("POST", "/_close", "");

    assertThat(index.told(search()))
        .isEqualTo(
            """
            STORE: Elasticsearch at URL has closed the index: closed (index_closed_exception)
            -> open it again with POST NAME/_open, or correct store.index
            """);
  }

  @Test
  void aFullDisk() {
    index.send("PUT", "/_settings", "{\"index.blocks.read_only_allow_delete\": true}");

    assertThat(index.told(write()))
        .isEqualTo(
            """
            STORE: Elasticsearch at URL has too little free disk space and lets its indices only \
            be read: index [INDEX] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded \
            flood-stage watermark, index has read-only-allow-delete block; for more information, \
            see https://www.elastic.co/docs/troubleshoot/elasticsearch/fix-watermark-errors\
            ?version=9.5]; (cluster_block_exception)
            -> free disk space or add a node: Elasticsearch then lifts the block by itself; if it \
            stays, set index.blocks.read_only_allow_delete of the index to null
            """);
  }

  @Test
  void anIndexThatMayNotBeWritten() {
    index.send("PUT", "/_settings", "{\"index.blocks.write\": true}");

    assertThat(index.told(write()))
        .isEqualTo(
            """
            STORE: Elasticsearch at URL has blocked the index: index [INDEX] blocked by: \
            [FORBIDDEN/8/index write (api)]; (cluster_block_exception)
            -> lift the block in the settings of the index: index.blocks.write, \
            index.blocks.read, index.blocks.read_only or index.blocks.metadata
            """);
  }

  @Test
  void aFieldOfAnotherType() {
    assertThat(
            index.told(client ->
                client
                    .indices()
                    .putMapping(m -> m.index(index.name()).properties("n", p -> p.text(t -> t)))))
        .isEqualTo(
            """
            STORE: Elasticsearch at URL has other fields in the index than are needed: mapper [n] \
            cannot be changed from type [integer] to [text] (illegal_argument_exception)
            """
                + REBUILD);
  }

  @Test
  void vectorsOfAnotherLength() {
    assertThat(
            index.told(client ->
                client.search(
                    s ->
                        s.index(index.name())
                            .knn(k -> k.field("v").queryVector(1f, 2f).k(3).numCandidates(5)),
                    Map.class)))
        .isEqualTo(
            """
            STORE: Elasticsearch at URL has other fields in the index than are needed: failed to \
            create query: The query vector has a different number of dimensions [2] than the \
            document vectors [3]. (query_shard_exception)
            """
                + REBUILD);
  }

  @Test
  void anotherWriter() {
    index.send("PUT", "/_doc/1", "{}");

    assertThat(
            index.told(client ->
                client.index(i ->
                    i.index(index.name())
                        .id("1")
                        .ifSeqNo(7L)
                        .ifPrimaryTerm(1L)
                        .document(Map.of()))))
        .isEqualTo(
            """
            STORE: Elasticsearch at URL had the index changed by somebody else at the same time: \
            [1]: version conflict, required seqNo [7], primary term [1]. current document has \
            seqNo [0] and primary term [1] (version_conflict_engine_exception)
            -> let one process at a time write to the index, and run the command again
            """);
  }

  @Test
  void aSnapshotThatIsLost() {
    String id =
        connection
            .call(c -> c.openPointInTime(o -> o.index(index.name()).keepAlive(k -> k.time("1m"))))
            .id();
    connection.call(c -> c.closePointInTime(o -> o.id(id)));

    assertThat(
            index
                .told(client -> client.search(s -> s.pit(p -> p.id(id)), Map.class))
                .replaceAll("for id \\[.*\\]", "for id ID"))
        .isEqualTo(
            """
            STORE: Elasticsearch at URL has lost the state of the index that was being read, as \
            when a node leaves: No search context found for id ID \
            (search_context_missing_exception)
            -> run the command again
            """);
  }

  @Test
  void anAliasOfTwoIndices() {
    try (TroubledIndex second = TroubledIndex.on(url, "{}")) {
      index.send("PUT", "/_alias/alias-" + index.name(), "");
      second.send("PUT", "/_alias/alias-" + index.name(), "");

      assertThat(
              index.told(client ->
                  client.index(i -> i.index("alias-" + index.name()).id("1").document(Map.of()))))
          .isEqualTo(
              """
              STORE: Elasticsearch at URL knows several indices behind the alias: no write index \
              is defined for alias [alias-INDEX]. The write index may be explicitly disabled \
              using is_write_index=false or the alias points to multiple indices without one \
              being designated as a write index (illegal_argument_exception)
              -> let the alias point at one index alone, or set store.index to the name of an \
              index
              """);
    }
  }

  @Test
  void aNameThatNoIndexMayHave() {
    assertThat(index.told(client -> client.indices().create(c -> c.index("Weather"))))
        .isEqualTo(
            """
            STORE: Elasticsearch at URL does not take the name of the index: Invalid index name \
            [Weather], must be lowercase (invalid_index_name_exception)
            -> set store.index to a name of its own: lower case, without spaces and without \
            \\ / * ? " < > | , # :
            """);
  }

  @Test
  void aRequestThatMakesNoSense() {
    assertThat(
            index.told(client -> client.search(s -> s.index(index.name()).from(20_000), Map.class)))
        .isEqualTo(
            """
            STORE: Elasticsearch at URL refused the request: Result window is too large, from + size \
            must be less than or equal to: [10000] but was [20010]. See the scroll api for a more \
            efficient way to request large data sets. This limit can be set by changing the \
            [index.max_result_window] index level setting. (illegal_argument_exception)
            -> check the settings in store and retrieval; 'ragstream doctor' compares them with \
            the index
            """);
  }

  @Test
  void aSearchAmongSeveralTellsInItsAnswer() {
    var item =
        connection
            .call(c ->
                c.msearch(
                    m -> m.searches(s -> s.header(h -> h.index("none")).body(b -> b)), Map.class))
            .responses()
            .getFirst()
            .failure();

    assertThat(Clusters.told(connection.failure(item.error(), item.status()).failure()))
        .startsWith("STORE_MISSING: Elasticsearch at " + url + " has no such index or alias: ");
  }

  @Test
  void aDocumentThatDoesNotFitIsNamed() {
    ErrorCause error =
        Objects.requireNonNull(
            connection
                .call(c ->
                    c.bulk(b ->
                        b.operations(o ->
                            o.index(
                                i -> i.index(index.name()).id("1").document(Map.of("n", "many"))))))
                .items()
                .getFirst()
                .error());

    assertThat(Clusters.told(new ElasticFailures(at(url)).rejected("sky/today.md", error)))
        .isEqualTo(
            """
            DOCUMENT: sky/today.md was refused by the cluster: [1:6] failed to parse field [n] of \
            type [integer] in document with id '1'. Preview of field's value: 'many' \
            (document_parsing_exception): For input string: "many"
            -> change the document so that it fits the mapping of the index, or fill a new index \
            with 'ragstream index --rebuild PATH'
            """);
  }

  private Connection.Action<?> search() {
    return client -> client.search(s -> s.index(index.name()), Map.class);
  }

  private Connection.Action<?> write() {
    return client -> client.index(i -> i.index(index.name()).document(Map.of("n", 1)));
  }
}
