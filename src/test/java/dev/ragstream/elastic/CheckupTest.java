package dev.ragstream.elastic;

import static dev.ragstream.core.StoreFixture.MODEL;
import static dev.ragstream.core.StoreFixture.chunk;
import static dev.ragstream.core.StoreFixture.index;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.Finding;
import dev.ragstream.core.Finding.Level;
import dev.ragstream.core.PassageStore;
import dev.ragstream.core.PassageWriter;
import dev.ragstream.lucene.WordAnalysis;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an examination of a cluster and an index finds. */
@ExtendWith(ElasticNode.class)
class CheckupTest {

  private final URI node;
  private final String name = "checkup-" + UUID.randomUUID();

  CheckupTest(URI node) {
    this.node = node;
  }

  @Test
  void aHealthyIndexIsTold() {
    try (PassageStore store = Stores.own(node, name)) {
      index(store, chunk("a", 1, "rain", 0), chunk("a", 2, "wind", 0));

      assertThat(spelt(store.examine(MODEL)))
          .containsExactly(
              "GOOD cluster: Elasticsearch 9.5.2 at NODE, spoken to with client 9.5.2",
              "GOOD licence: the cluster tells of none; ragstream needs no paid one",
              "GOOD health: green, with 1 of 1 nodes for data",
              "GOOD index: INDEX (INDEX-000001) holds 2 passages of 1 documents",
              "GOOD vectors: of the model tiny (2 dimensions), as the settings name",
              "GOOD analysis: words are analysed as in the embedded index",
              "GOOD writer: nobody is writing to the index");
    }
  }

  @Test
  void anIndexThatIsNotThereIsBroken() {
    try (PassageStore store = Stores.own(node, name)) {
      assertThat(store.examine(MODEL))
          .filteredOn(finding -> finding.level() == Level.BROKEN)
          .singleElement()
          .satisfies(finding -> assertThat(finding.remedy()).contains("ragstream index PATH"));
    }
  }

  @Test
  void aClusterThatIsDownIsTheOnlyFinding() {
    try (PassageStore store = Stores.own(URI.create("http://127.0.0.1:1"), name)) {
      List<Finding> findings = store.examine(MODEL);

      assertThat(findings).hasSize(1);
      assertThat(findings.getFirst().level()).isEqualTo(Level.BROKEN);
      assertThat(findings.getFirst().remedy()).contains("store.url");
    }
  }

  @Test
  void anotherEmbeddingModelIsBroken() {
    try (PassageStore store = Stores.own(node, name)) {
      index(store, chunk("a", 1, "rain", 0));

      assertThat(store.examine(new EmbeddingModel("other", 3)))
          .filteredOn(finding -> finding.level() == Level.BROKEN)
          .singleElement()
          .satisfies(finding -> assertThat(finding.remedy()).contains("--rebuild"));
    }
  }

  @Test
  void aWriterIsNamed() {
    try (PassageStore store = Stores.own(node, name);
        PassageWriter _ = store.write(MODEL, false)) {
      assertThat(spelt(store.examine(MODEL)))
          .contains("GOOD writer: this process itself is writing to the index");
    }
  }

  @Test
  void aFullDiskAndABlockAreTold() {
    try (PassageStore store = Stores.own(node, name)) {
      index(store, chunk("a", 1, "rain", 0));
      Rest.at(node)
          .send(
              "PUT", "/" + name + "/_settings", "{\"index.blocks.read_only_allow_delete\": true}");

      assertThat(spelt(store.examine(MODEL)))
          .contains(
              "BROKEN blocks: INDEX-000001 takes no changes, since a disk of the cluster is nearly"
                  + " full");
    }
  }

  @Test
  void anAnalyserThatCutsChineseIntoCharactersIsToldOf() {
    Rest.at(node)
        .send(
            "PUT",
            "/" + name,
            "{\"mappings\": {\"properties\": {\"answer\": {\"type\": \"text\"}}}}");
    MappedFields fields = new MappedFields(List.of("answer"), null, null, null, List.of());
    try (PassageStore store =
        ElasticStore.mapped(Stores.cluster(node), name, fields, null, new WordAnalysis())) {
      assertThat(spelt(store.examine(MODEL)))
          .contains(
              "WARNING vectors: the index is searched by words alone",
              "WARNING analysis: answer is analysed by standard, which cuts Chinese into single"
                  + " characters");
    }
  }

  private List<String> spelt(List<Finding> findings) {
    return findings.stream()
        .map(finding -> finding.level() + " " + finding.subject() + ": " + finding.observation())
        .map(line -> line.replace(node.toString(), "NODE").replace(name, "INDEX"))
        .toList();
  }
}
