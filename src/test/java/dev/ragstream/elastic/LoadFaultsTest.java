package dev.ragstream.elastic;

import static dev.ragstream.core.StoreFixture.MODEL;
import static dev.ragstream.core.StoreFixture.chunk;
import static dev.ragstream.core.StoreFixture.failure;
import static dev.ragstream.core.StoreFixture.found;
import static dev.ragstream.core.StoreFixture.index;
import static dev.ragstream.core.StoreFixture.put;
import static dev.ragstream.core.StoreFixture.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Chunk;
import dev.ragstream.core.Failure;
import dev.ragstream.core.PassageStore;
import dev.ragstream.core.PassageWriter;
import dev.ragstream.core.PassageWriter.EmbeddedChunk;
import dev.ragstream.core.StoredDocument;
import dev.ragstream.lucene.WordAnalysis;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a real node does not take, for a while or for good. */
@ExtendWith(ElasticNode.class)
class LoadFaultsTest {

  private final URI node;
  private final String name = "faults-" + UUID.randomUUID();

  LoadFaultsTest(URI node) {
    this.node = node;
  }

  @Test
  void whatAnOverloadedNodeDidNotTakeIsSentAgain() {
    try (ElasticCluster small = ElasticCluster.start(1, "indexing_pressure.memory.limit=6mb");
        PassageStore store = Stores.own(small.url(), name)) {
      String text = "rain ".repeat(2_000);
      try (PassageWriter writer = store.write(MODEL, false)) {
        for (int i = 0; i < 1_500; i++) {
          put(writer, "doc" + i, "1", chunk("doc" + i, 1, text, i));
        }
        assertThat(writer.commit()).isEmpty();
      }

      assertThat(store.documents()).hasSize(1_500);
      assertThat(store.status().chunks()).isEqualTo(1_500);
      assertThat(rejections(small.url())).as("requests that the node refused").isPositive();
    }
  }

  private static long rejections(URI node) {
    String stats = Rest.at(node).get("/_nodes/stats/indexing_pressure").body();
    JsonNode nodes = JsonMapper.shared().readTree(stats).path("nodes");
    return nodes
        .valueStream()
        .map(each -> each.path("indexing_pressure").path("memory").path("total"))
        .mapToLong(total ->
            total.path("coordinating_rejections").asLong()
                + total.path("primary_rejections").asLong())
        .sum();
  }

  @Test
  void aDocumentThatIsRefusedIsNamedAndTheOthersGoIn() {
    try (PassageStore store = Stores.own(node, name);
        PassageWriter writer = store.write(MODEL, false)) {
      put(writer, "good", "1", chunk("good", 1, "rain", 0));
      put(writer, "bad", "1", chunk("bad", 1, "rain", 0), withoutLength("bad"));

      Map<String, Failure> refused = writer.commit();

      assertThat(refused).containsOnlyKeys("bad");
      assertThat(refused.values().iterator().next().kind()).isEqualTo(Failure.Kind.DOCUMENT);
      assertThat(refused.values().iterator().next().problem()).contains("bad", "zero magnitude");
      assertThat(store.documents()).containsOnlyKeys("good");
      assertThat(found(store, words("rain"))).containsExactly("good#1");
    }
  }

  @Test
  void aRefusalIsNotForgottenWhenAnotherDocumentIsPutTwice() {
    try (PassageStore store = Stores.own(node, name);
        PassageWriter writer = store.write(MODEL, false)) {
      put(writer, "bad", "1", chunk("bad", 1, "rain", 0), withoutLength("bad"));
      put(writer, "good", "1", chunk("good", 1, "rain", 0));
      put(writer, "good", "2", chunk("good", 1, "rain", 0));

      assertThat(writer.commit()).containsOnlyKeys("bad");
      assertThat(found(store, words("rain"))).containsExactly("good#1");
    }
  }

  @Test
  void theOldVersionOfARefusedDocumentStays() {
    try (PassageStore store = Stores.own(node, name)) {
      index(store, chunk("a", 1, "rain", 0), chunk("a", 2, "rain", 0));
      try (PassageWriter writer = store.write(MODEL, false)) {
        put(writer, "a", "2", chunk("a", 1, "snow", 0), withoutLength("a"));

        assertThat(writer.commit()).containsOnlyKeys("a");
      }

      assertThat(store.documents()).containsEntry("a", new StoredDocument("a", "1", 2));
      assertThat(found(store, words("rain snow"))).containsExactlyInAnyOrder("a#1", "a#2");
    }
  }

  /** A vector that cosine is not defined for. */
  private static EmbeddedChunk withoutLength(String source) {
    Chunk chunk = new Chunk(source + "#2", source, "", "rain", Map.of());
    return new EmbeddedChunk(chunk, new float[] {0, 0});
  }

  @Test
  void anIndexThatIsReadOnlyForWantOfDiskSaysSo() {
    try (PassageStore store = Stores.own(node, name)) {
      index(store, chunk("a", 1, "rain", 0));
      Rest.at(node)
          .send(
              "PUT", "/" + name + "/_settings", "{\"index.blocks.read_only_allow_delete\": true}");

      Failure failure = failure(() -> index(store, chunk("b", 1, "rain", 0)));

      assertThat(failure.kind()).isEqualTo(Failure.Kind.STORE);
      assertThat(failure.problem()).contains("read-only");
      assertThat(failure.remedy()).contains("disk");
      assertThat(found(store, words("rain"))).containsExactly("a#1");
    }
  }

  @Test
  void anAliasThatStandsForTwoIndicesIsRefusedWithBothNames() {
    try (PassageStore store = Stores.own(node, name)) {
      index(store, chunk("a", 1, "rain", 0));
      Rest.at(node).send("PUT", "/other-" + name, "{\"aliases\": {\"" + name + "\": {}}}");

      for (Failure failure :
          List.of(
              failure(() -> Stores.own(node, name).search(words("rain"))),
              failure(() -> store.write(MODEL, false)))) {
        assertThat(failure.problem())
            .isEqualTo(
                "the alias %1$s stands for 2 indices: %1$s-000001, other-%1$s".formatted(name));
      }
    }
  }

  @Test
  void anIndexWithoutItsShardsSaysWhatIsMissing() {
    Rest.at(node)
        .send(
            "PUT",
            "/" + name + "?wait_for_active_shards=0",
            """
            {"settings": {"index.routing.allocation.require._name": "nowhere"},
             "mappings": {"properties": {"body": {"type": "text"}}}}
            """);
    MappedFields fields = new MappedFields(List.of("body"), null, null, null, List.of());
    try (PassageStore store =
        ElasticStore.mapped(Stores.cluster(node), name, fields, null, new WordAnalysis())) {
      Failure failure = failure(() -> store.search(words("rain")));

      assertThat(failure.kind()).isEqualTo(Failure.Kind.STORE);
      assertThat(failure.remedy()).contains("node");
    }
  }

  @Test
  void aMappingThatSomebodyChangedRefusesDocumentsByName() {
    Rest.at(node)
        .send(
            "PUT",
            "/" + name + "-000001",
            """
            {"aliases": {"%s": {}},
             "mappings": {"_meta": {"embeddingModel": "tiny", "dimensions": 2}, "properties": {
               "record": {"type": "keyword"}, "generation": {"type": "long"}, "source": {"type": "keyword"},
               "place": {"type": "byte"}, "state": {"type": "object", "enabled": false},
               "text": {"type": "long"}, "vector": {"type": "dense_vector", "dims": 2}}}}
            """
                .formatted(name));
    try (PassageStore store = Stores.own(node, name);
        PassageWriter writer = store.write(MODEL, false)) {
      put(writer, "a", "1", chunk("a", 1, "rain", 0));

      Map<String, Failure> refused = writer.commit();

      assertThat(refused).containsOnlyKeys("a");
      assertThat(refused.values().iterator().next().problem())
          .contains("field [text] of type [long]");
    }
  }

  @Test
  void theListOfDocumentsIsOfOneMomentWhileTheIndexChanges() throws Exception {
    int documents = 6_000; // more than a page
    AtomicBoolean written = new AtomicBoolean();
    try (PassageStore store = Stores.own(node, name);
        PassageWriter writer = store.write(MODEL, false);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      version(writer, documents, "v0");
      Future<Boolean> reading =
          threads.submit(() -> {
            boolean whole = true;
            while (!written.get()) {
              Map<String, StoredDocument> seen = store.documents();
              whole &= seen.size() == documents;
              whole &=
                  seen.values().stream().map(StoredDocument::fingerprint).distinct().count() == 1;
            }
            return whole;
          });
      try {
        for (int i = 1; i <= 3; i++) {
          version(writer, documents, "v" + i);
        }
      } finally {
        written.set(true);
      }

      assertThat(reading.get()).isTrue();
      assertThat(store.documents()).containsEntry("doc5", new StoredDocument("doc5", "v3", 0));
    }
  }

  private static void version(PassageWriter writer, int documents, String fingerprint) {
    for (int i = 0; i < documents; i++) {
      writer.delete("doc" + i);
      writer.add(new StoredDocument("doc" + i, fingerprint, 0));
    }
    writer.commit();
  }
}
