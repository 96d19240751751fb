package dev.ragstream.elastic;

import dev.ragstream.core.PassageStore;
import dev.ragstream.core.StoreChild;
import dev.ragstream.core.StoreProcessesContract;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ElasticNode.class)
class ElasticProcessesTest implements StoreProcessesContract {

  private final URI node;
  private final String run = UUID.randomUUID().toString();

  ElasticProcessesTest(URI node) {
    this.node = node;
  }

  /** The place is the address of a node, with the index as its path. */
  public static final class Opener implements StoreChild.Opener {
    @Override
    public PassageStore open(String place) {
      URI address = URI.create(place);
      return Stores.own(address.resolve("/"), address.getPath().substring(1));
    }
  }

  @Override
  public StoreChild.Opener opener() {
    return new Opener();
  }

  @Override
  public String place(String name) {
    return node.resolve("/killed-" + run + "-" + name).toString();
  }

  @Override
  public int kills() {
    return 8;
  }

  @Override
  public int earlyKills() {
    return 3;
  }
}
