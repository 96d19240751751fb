package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch.cat.CatNodeColumn;
import co.elastic.clients.elasticsearch.cat.nodes.NodesRecord;
import co.elastic.clients.elasticsearch.cluster.HealthResponse;
import co.elastic.clients.elasticsearch.license.get.LicenseInformation;
import co.elastic.clients.transport.Version;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Looks a cluster over, whatever is in it. */
record ClusterCheckup(Connection connection, String index) {

  private static final String CLUSTER = "cluster";
  private static final String LICENCE = "licence";
  private static final String HEALTH = "health";

  /** The findings; the first is broken where nothing else can be looked at. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(look(CLUSTER, this::generation));
    if (findings.getFirst().level() != Finding.Level.BROKEN) {
      findings.add(licence());
      findings.add(look(HEALTH, this::health));
    }
    return findings;
  }

  static Finding look(String subject, Supplier<Finding> look) {
    try {
      return look.get();
    } catch (FailureException e) {
      return Finding.broken(subject, e.failure());
    }
  }

  private Finding generation() {
    String server = version();
    String seen =
        "Elasticsearch %s at %s, spoken to with client %s"
            .formatted(server, connection.address(), Version.VERSION);
    Version parsed = Version.parse(server);
    if (parsed == null || parsed.major() == Version.VERSION.major()) {
      return Finding.good(CLUSTER, seen);
    }
    return Finding.warning(
        CLUSTER,
        seen + ": another generation",
        "use a server of version " + Version.VERSION.major() + ", or the ragstream made for it");
  }

  private String version() {
    try {
      return connection.call(client -> client.info().version().number());
    } catch (FailureException e) {
      // Some servers have no front page, or do not show it to this user.
      return connection
          .call(client -> client.cat().nodes(nodes -> nodes.h(CatNodeColumn.Version)))
          .nodes()
          .stream()
          .map(NodesRecord::version)
          .filter(Objects::nonNull)
          .findFirst()
          .orElseThrow(() -> e);
    }
  }

  /** Whatever the licence is, nothing that ragstream asks for needs a paid one. */
  private Finding licence() {
    try {
      LicenseInformation licence =
          connection.call(client -> client.license().get(get -> get)).license();
      return Finding.good(
          LICENCE,
          "%s, %s; ragstream needs no paid one"
              .formatted(licence.type().jsonValue(), licence.status().jsonValue()));
    } catch (FailureException _) {
      return Finding.good(LICENCE, "the cluster tells of none; ragstream needs no paid one");
    }
  }

  private boolean exists() {
    try {
      return !connection
          .call(client -> client.indices().get(get -> get.index(index)))
          .indices()
          .isEmpty();
    } catch (FailureException e) {
      if (e.failure().kind() == Failure.Kind.STORE_MISSING) {
        return false;
      }
      throw e;
    }
  }

  /** Of the index, or of the whole cluster where there is no such index yet. */
  private Finding health() {
    boolean exists = exists();
    HealthResponse health =
        connection.call(client ->
            client
                .cluster()
                .health(ask -> (exists ? ask.index(index) : ask).timeout(t -> t.time("1s"))));
    String seen =
        "%s, with %d of %d nodes for data"
            .formatted(
                health.status().jsonValue(), health.numberOfDataNodes(), health.numberOfNodes());
    return switch (health.status()) {
      case Green -> Finding.good(HEALTH, seen);
      case Yellow, Unknown ->
          Finding.warning(
              HEALTH,
              seen + ": a copy is missing, so that a lost node may take documents with it",
              "give the cluster one node more, or wait until it has copied");
      case Unavailable, Red ->
          new Finding(
              Finding.Level.BROKEN,
              HEALTH,
              seen + ": a part is not there",
              "start the nodes that are missing; GET _cluster/allocation/explain tells more");
    };
  }
}
