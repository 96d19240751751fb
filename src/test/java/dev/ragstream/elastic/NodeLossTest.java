package dev.ragstream.elastic;

import static dev.ragstream.core.StoreFixture.MODEL;
import static dev.ragstream.core.StoreFixture.chunk;
import static dev.ragstream.core.StoreFixture.near;
import static dev.ragstream.core.StoreFixture.put;
import static dev.ragstream.core.StoreFixture.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.PassageStore;
import dev.ragstream.core.PassageStore.Candidates;
import dev.ragstream.core.PassageWriter;
import dev.ragstream.core.StoredDocument;
import dev.ragstream.lucene.WordAnalysis;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A cluster of three nodes with two copies of everything loses one of them. */
class NodeLossTest {

  private static final int COMMITS = 12;
  private static final int DOCUMENTS_A_COMMIT = 20;

  @Test
  void aNodeThatIsKilledWhileDocumentsAreLoadedTakesNothingWithIt() {
    try (ElasticCluster cluster = ElasticCluster.start(3);
        PassageStore store =
            new ElasticStore(
                Stores.cluster(cluster.urls().toArray(URI[]::new)), "loaded", new WordAnalysis())) {
      Map<String, StoredDocument> acknowledged = new TreeMap<>();
      try (PassageWriter writer = store.write(MODEL, false)) {
        for (int commit = 0; commit < COMMITS; commit++) {
          for (int i = 0; i < DOCUMENTS_A_COMMIT; i++) {
            // The later half replaces what the earlier half loaded.
            int number = (commit * DOCUMENTS_A_COMMIT + i) % (COMMITS * DOCUMENTS_A_COMMIT / 2);
            String source = "doc" + number;
            put(
                writer,
                source,
                "v" + commit,
                chunk(source, 1, "rain " + source, number),
                chunk(source, 2, "wind v" + commit, number));
            acknowledged.put(source, new StoredDocument(source, "v" + commit, 2));
            if (commit == COMMITS / 2 && i == DOCUMENTS_A_COMMIT / 2) {
              cluster.kill(nodeOfThePrimary(cluster));
            }
          }
          assertThat(writer.commit()).isEmpty();
        }
      }

      assertThat(store.documents()).isEqualTo(acknowledged);
      assertThat(store.status().chunks()).isEqualTo(2L * acknowledged.size());
      try (Candidates found = store.search(words("doc7", Map.of("source", "doc7"), 10))) {
        assertThat(found.lexical()).hasSize(1);
      }
      try (Candidates found = store.search(near(7, Map.of("source", "doc7"), 10))) {
        assertThat(found.vector()).hasSize(2);
      }
    }
  }

  /** The number of the node that documents are written to first. */
  private static int nodeOfThePrimary(ElasticCluster cluster) {
    String shards =
        Rest.at(cluster.url()).get("/_cat/shards/loaded?h=prirep,node&format=json").body();
    return JsonMapper.shared()
        .readTree(shards)
        .valueStream()
        .filter(shard -> shard.path("prirep").asString().equals("p"))
        .flatMap(shard -> Stream.of(shard.path("node").asString()))
        .map(name -> Integer.parseInt(name.substring("node-".length())))
        .findFirst()
        .orElseThrow();
  }
}
