package dev.ragstream.elastic;

import dev.ragstream.core.PassageStore;
import dev.ragstream.lucene.WordAnalysis;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Stores in clusters without security. */
final class Stores {

  private Stores() {}

  static Cluster cluster(URI... nodes) {
    return new Cluster(
        List.of(nodes),
        new Cluster.Credentials.None(),
        new Cluster.Trust.KnownAuthorities(),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30));
  }

  static PassageStore own(URI node, String index) {
    return new ElasticStore(cluster(node), index, new WordAnalysis());
  }
}
