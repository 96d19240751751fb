package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.transport.rest5_client.Rest5ClientTransport;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The connections to a cluster, opened when they are first used. Safe for use by several threads.
 */
final class Connection implements AutoCloseable {

  /** Something asked of the cluster. */
  @FunctionalInterface
  interface Action<T extends @Nullable Object> {

    T on(ElasticsearchClient client) throws IOException;
  }

  private final Cluster cluster;
  private final ElasticFailures failures;
  private @Nullable Rest5ClientTransport transport;
  private @Nullable ElasticsearchClient client;

  Connection(Cluster cluster) {
    this.cluster = cluster;
    this.failures = new ElasticFailures(cluster);
  }

  /**
   * Asks the cluster.
   *
   * @throws FailureException for all that goes wrong; an interrupted thread stays interrupted
   */
  <T extends @Nullable Object> T call(Action<T> action) {
    try {
      return action.on(client());
    } catch (IOException | ElasticsearchException e) {
      throw failures.of(e);
    } catch (RuntimeException e) {
      // So the client throws what is no IOException: an interrupt, an answer that is not HTTP.
      throw e.getClass() == RuntimeException.class && e.getCause() != null ? failures.of(e) : e;
    }
  }

  /**
   * The client itself, for the helpers that come with it.
   *
   * @throws FailureException of kind {@code SETTINGS} where it cannot be built
   */
  synchronized ElasticsearchClient client() {
    if (client == null) {
      transport = ElasticTransport.open(cluster);
      client = new ElasticsearchClient(transport);
    }
    return client;
  }

  /** Where the cluster is, for people. */
  String address() {
    return failures.address();
  }

  /** The words for a fault that a callback was told of. */
  FailureException failure(Throwable cause) {
    return failures.of(cause);
  }

  /** The words for an error that is a part of an answer and concerns the whole run. */
  FailureException failure(ErrorCause error, int status) {
    return failures.of(error, status);
  }

  /** The words for a document that the cluster will not take. */
  Failure rejected(String source, ErrorCause error) {
    return failures.rejected(source, error);
  }

  @Override
  public synchronized void close() {
    if (transport != null) {
      try {
        transport.close();
      } catch (IOException e) {
        throw failures.of(e);
      } finally {
        transport = null;
        client = null;
      }
    }
  }
}
