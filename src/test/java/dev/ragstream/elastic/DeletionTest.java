package dev.ragstream.elastic;

import static dev.ragstream.core.StoreFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.Failure;
import dev.ragstream.lucene.WordAnalysis;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ElasticNode.class)
class DeletionTest {

  private final URI node;
  private final String index = "deletion-" + UUID.randomUUID();

  DeletionTest(URI node) {
    this.node = node;
  }

  @Test
  void anIndexOfOursGoesWithAllThatIsBehindItsName() {
    try (ElasticStore store = new ElasticStore(Stores.cluster(node), index, new WordAnalysis())) {
      store.write(new EmbeddingModel("tiny", 2), false).close();
      assertThat(indices()).contains(index + "-000001");

      store.delete();
      store.delete();

      assertThat(indices()).doesNotContain(index);
      assertThat(failure(store::status).kind()).isEqualTo(Failure.Kind.STORE_MISSING);
    }
  }

  @Test
  void anIndexThatSomebodyElseFilledStays() {
    Rest.at(node).send("PUT", "/" + index, "{}");
    MappedFields fields = new MappedFields(List.of("answer"), null, null, null, List.of());
    try (ElasticStore mapped =
            ElasticStore.mapped(Stores.cluster(node), index, fields, null, new WordAnalysis());
        ElasticStore own = new ElasticStore(Stores.cluster(node), index, new WordAnalysis())) {
      assertThat(failure(mapped::delete).kind()).isEqualTo(Failure.Kind.SETTINGS);
      assertThat(failure(own::delete).kind()).isEqualTo(Failure.Kind.STORE);
      assertThat(indices()).contains(index);
    }
  }

  private String indices() {
    return Rest.at(node).get("/_cat/indices?h=index").body();
  }
}
