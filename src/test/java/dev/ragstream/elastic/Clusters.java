package dev.ragstream.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import co.elastic.clients.elasticsearch.cluster.HealthResponse;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Secret;
import dev.ragstream.elastic.Cluster.Credentials;
import dev.ragstream.elastic.Cluster.Trust;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Clusters as settings describe them, with canaries for secrets, and what is told of them. */
final class Clusters {

  static final String KEY = "canary-key-4711-never-shown";
  static final String PASSWORD = "canary-password-0815";

  static final Credentials NOBODY = new Credentials.None();
  static final Credentials API_KEY =
      new Credentials.ApiKey(new Secret("$ELASTICSEARCH_API_KEY", () -> KEY));
  static final Credentials LOGIN =
      new Credentials.Login("ragstream", new Secret("$ELASTICSEARCH_PASSWORD", () -> PASSWORD));

  private Clusters() {}

  static Cluster at(URI... urls) {
    return as(NOBODY, urls);
  }

  static Cluster as(Credentials credentials, URI... urls) {
    return cluster(
        credentials,
        new Trust.KnownAuthorities(),
        Duration.ofMinutes(1),
        Duration.ofMinutes(1),
        urls);
  }

  static Cluster trusting(Trust trust, URI... urls) {
    return cluster(NOBODY, trust, Duration.ofMinutes(1), Duration.ofMinutes(1), urls);
  }

  /** One that has little time to accept a connection. */
  static Cluster toConnectWithin(Duration timeout, URI... urls) {
    return cluster(NOBODY, new Trust.KnownAuthorities(), timeout, Duration.ofMinutes(1), urls);
  }

  /** One that has little time to answer. */
  static Cluster toAnswerWithin(Duration timeout, URI... urls) {
    return cluster(NOBODY, new Trust.KnownAuthorities(), Duration.ofMinutes(1), timeout, urls);
  }

  /** What a search is told of, with the index {@code weather}. */
  static String toldOf(Cluster cluster) {
    return toldOf(
        cluster, client -> client.search(s -> s.index("weather").q("text:rain"), Map.class).took());
  }

  static String toldOf(Cluster cluster, Connection.Action<?> action) {
    try (Connection connection = new Connection(cluster)) {
      return told(
          catchThrowableOfType(FailureException.class, () -> connection.call(action)).failure());
    }
  }

  /** A failure as text; no canary is in it. */
  static String told(Failure failure) {
    String told = failure.kind() + ": " + failure.problem() + "\n-> " + failure.remedy() + "\n";
    assertThat(told).doesNotContain(KEY).doesNotContain(PASSWORD).doesNotContain("Y2FuYXJ5");
    return told;
  }

  static HealthResponse health(Connection connection) {
    return connection.call(client -> client.cluster().health());
  }

  private static Cluster cluster(
      Credentials credentials, Trust trust, Duration connect, Duration answer, URI... urls) {
    return new Cluster(List.of(urls), credentials, trust, connect, answer);
  }
}
