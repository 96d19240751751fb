package dev.ragstream.bench;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.mapping.DenseVectorIndexOptionsType;
import co.elastic.clients.elasticsearch._types.mapping.DenseVectorSimilarity;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.MsearchRequest;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import dev.ragstream.core.Chunk;
import dev.ragstream.core.PassageWriter.EmbeddedChunk;
import dev.ragstream.elastic.Cluster;
import dev.ragstream.elastic.ElasticStore;
import dev.ragstream.lucene.WordAnalysis;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** What a program would do that loads and searches with the official client and nothing else. */
final class BareElastic implements AutoCloseable {

  private static final int BULK = 1_000;
  private static final int CANDIDATES = 50;
  private static final List<String> SHOWN = List.of("id", "source", "title", "text", "metadata");

  private final ElasticsearchClient client;
  private final String index;

  BareElastic(String url, String index) {
    this.client = ElasticsearchClient.of(c -> c.host(url).jsonMapper(new Jackson3JsonpMapper()));
    this.index = index;
  }

  /** A document as such a program would have it. */
  @SuppressWarnings("ArrayRecordComponent") // made to be sent, compared by nobody
  record Passage(
      String id,
      String source,
      String title,
      String text,
      Map<String, String> metadata,
      float[] vector) {}

  static ElasticStore store(String url, String index) {
    return new ElasticStore(
        new Cluster(
            List.of(URI.create(url)),
            new Cluster.Credentials.None(),
            new Cluster.Trust.KnownAuthorities(),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60)),
        index,
        new WordAnalysis());
  }

  void create(int dimensions) throws IOException {
    client
        .indices()
        .create(create ->
            create
                .index(index)
                .settings(s ->
                    s.numberOfShards("1").numberOfReplicas("0").refreshInterval(t -> t.time("-1")))
                .mappings(m ->
                    m.properties("id", p -> p.keyword(k -> k))
                        .properties("source", p -> p.keyword(k -> k))
                        .properties("title", p -> p.text(t -> t))
                        .properties("text", p -> p.text(t -> t))
                        .properties("metadata", p -> p.flattened(f -> f))
                        .properties(
                            "vector",
                            p ->
                                p.denseVector(v ->
                                    v.dims(dimensions)
                                        .similarity(DenseVectorSimilarity.Cosine)
                                        .indexOptions(
                                            o -> o.type(DenseVectorIndexOptionsType.Int8Hnsw))))));
  }

  /** One bulk request after the other, then a refresh. */
  void load(List<EmbeddedChunk> chunks) throws IOException {
    List<BulkOperation> bulk = new ArrayList<>(BULK);
    for (EmbeddedChunk embedded : chunks) {
      Chunk chunk = embedded.chunk();
      Passage passage =
          new Passage(
              chunk.id(),
              chunk.source(),
              chunk.title(),
              chunk.text(),
              chunk.metadata(),
              Objects.requireNonNull(embedded.vector()));
      bulk.add(BulkOperation.of(op -> op.index(i -> i.id(chunk.id()).document(passage))));
      if (bulk.size() == BULK) {
        send(bulk);
      }
    }
    if (!bulk.isEmpty()) {
      send(bulk);
    }
    client.indices().refresh(r -> r.index(index));
  }

  private void send(List<BulkOperation> bulk) throws IOException {
    BulkResponse response = client.bulk(b -> b.index(index).operations(bulk));
    if (response.errors()) {
      throw new IOException("a document was refused: " + response.items().getFirst().error());
    }
    bulk.clear();
  }

  /** Both rankings in one request; returns how many hits there were. */
  int search(String question, List<Float> vector) throws IOException {
    MsearchRequest request =
        MsearchRequest.of(m ->
            m.index(index)
                .searches(s ->
                    s.header(h -> h)
                        .body(b ->
                            b.size(CANDIDATES)
                                .trackTotalHits(t -> t.enabled(false))
                                .source(source -> source.filter(f -> f.includes(SHOWN)))
                                .query(q -> q.match(match -> match.field("text").query(question)))))
                .searches(s ->
                    s.header(h -> h)
                        .body(b ->
                            b.size(CANDIDATES)
                                .trackTotalHits(t -> t.enabled(false))
                                .source(source -> source.filter(f -> f.includes(SHOWN)))
                                .knn(knn ->
                                    knn.field("vector")
                                        .queryVector(vector)
                                        .k(CANDIDATES)
                                        .numCandidates(2 * CANDIDATES)))));
    return client.msearch(request, ObjectNode.class).responses().stream()
        .mapToInt(item -> item.result().hits().hits().size())
        .sum();
  }

  void remove() throws IOException {
    client.indices().delete(d -> d.index(index).ignoreUnavailable(true));
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
