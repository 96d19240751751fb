package dev.ragstream.elastic;

import dev.ragstream.core.PassageStore;
import dev.ragstream.core.PassageStoreContract;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ElasticNode.class)
class ElasticStoreTest implements PassageStoreContract {

  private final URI node;
  private final String index = "contract-" + UUID.randomUUID();

  ElasticStoreTest(URI node) {
    this.node = node;
  }

  @Override
  public PassageStore open() {
    return Stores.own(node, index);
  }
}
