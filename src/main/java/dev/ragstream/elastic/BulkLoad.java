package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch._helpers.bulk.BulkIngester;
import co.elastic.clients.elasticsearch._helpers.bulk.BulkListener;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.transport.BackoffPolicy;
import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.ContentType;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends changes to an index in bulk requests, several at a time, with what waits bounded. What an
 * overloaded or unreachable cluster did not take is sent again, ever more slowly; meanwhile nothing
 * new is taken on.
 */
final class BulkLoad {

  private static final int CHANGES_PER_REQUEST = 1_000;
  private static final long BYTES_PER_REQUEST = 4 << 20;
  private static final int REQUESTS_AT_ONCE = 2;

  /** Half a minute in all: enough for a cluster to replace a node that it lost. */
  private static final BackoffPolicy PATIENCE = BackoffPolicy.exponentialBackoff(100L, 10);

  /** The statuses of a document that the cluster will never take as it is. */
  private static final int INVALID = 400;

  private static final int TOO_LARGE = 413;

  /** The type of error that a full disk ends in, with the status of an overloaded node. */
  private static final String BLOCKED = "cluster_block_exception";

  private final Connection connection;
  private final String index;

  /** Read by who adds; held for writing while a request is sent again. */
  private final ReadWriteLock trouble = new ReentrantReadWriteLock();

  private final Map<String, Failure> refused = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable FailureException> fault = new AtomicReference<>();
  private @Nullable BulkIngester<String> ingester;

  BulkLoad(Connection connection, String index) {
    this.connection = connection;
    this.index = index;
  }

  /**
   * Puts a document there.
   *
   * @param source that it belongs to, to be named where the cluster refuses it
   * @throws FailureException where an earlier change met what every further one would
   */
  void put(String id, byte[] json, String source) {
    BinaryData document = BinaryData.of(json, ContentType.APPLICATION_JSON);
    add(
        BulkOperation.of(change -> change.index(put -> put.index(index).id(id).document(document))),
        source);
  }

  /** Takes a document away; does nothing where there is none. */
  void delete(String id) {
    add(BulkOperation.of(change -> change.delete(delete -> delete.index(index).id(id))), "");
  }

  private void add(BulkOperation change, String source) {
    throwFault();
    trouble.readLock().lock();
    try {
      if (ingester == null) {
        ingester = ingester();
      }
      ingester.add(change, source);
    } finally {
      trouble.readLock().unlock();
    }
  }

  /**
   * Waits until all changes are made.
   *
   * @return why documents were refused, by source
   * @throws FailureException where changes could not be made at all
   */
  Map<String, Failure> drain() {
    if (ingester != null) {
      ingester.close();
      ingester = null;
    }
    throwFault();
    Map<String, Failure> all = Map.copyOf(refused);
    refused.clear();
    return all;
  }

  private void throwFault() {
    FailureException met = fault.get();
    if (met != null) {
      throw new FailureException(met.failure(), met);
    }
  }

  private BulkIngester<String> ingester() {
    return BulkIngester.of(bulk ->
        bulk.client(connection.client())
            .maxOperations(CHANGES_PER_REQUEST)
            .maxSize(BYTES_PER_REQUEST)
            .maxConcurrentRequests(REQUESTS_AT_ONCE)
            .backoffPolicy(PATIENCE)
            .listener(new Listener()));
  }

  private final class Listener implements BulkListener<String> {

    @Override
    public void beforeBulk(long number, BulkRequest request, List<String> sources) {}

    @Override
    public void afterBulk(
        long number, BulkRequest request, List<String> sources, BulkResponse response) {
      Attempt first = judge(changes(request, sources), response);
      if (!first.isDone()) {
        sendAgain(first);
      }
    }

    @Override
    public void afterBulk(
        long number, BulkRequest request, List<String> sources, Throwable failure) {
      Attempt first = new Attempt(changes(request, sources), connection.failure(failure));
      if (isPassing(failure)) {
        sendAgain(first);
      } else {
        fault.compareAndSet(null, first.reason());
      }
    }
  }

  private record Change(BulkOperation operation, String source) {}

  /**
   * What came of a request.
   *
   * @param left that is to be sent again
   * @param reason why; null where nothing is
   */
  private record Attempt(List<Change> left, @Nullable FailureException reason) {

    boolean isDone() {
      return left.isEmpty();
    }
  }

  private static List<Change> changes(BulkRequest request, List<String> sources) {
    List<Change> changes = new ArrayList<>(sources.size());
    for (int i = 0; i < sources.size(); i++) {
      changes.add(new Change(request.operations().get(i), sources.get(i)));
    }
    return changes;
  }

  /** Notes what was refused and what no further request could change. */
  private Attempt judge(List<Change> changes, BulkResponse response) {
    List<Change> left = new ArrayList<>();
    FailureException reason = null;
    for (int i = 0; response.errors() && i < changes.size(); i++) {
      BulkResponseItem item = response.items().get(i);
      if (item.error() == null) {
        continue;
      }
      String source = changes.get(i).source();
      if (item.status() == INVALID || item.status() == TOO_LARGE) {
        refused.putIfAbsent(source, connection.rejected(source, item.error()));
        continue;
      }
      reason = connection.failure(item.error(), item.status());
      if (isPassing(item.status(), item.error().type())) {
        left.add(changes.get(i));
      } else {
        fault.compareAndSet(null, reason);
      }
    }
    return new Attempt(left, reason);
  }

  private void sendAgain(Attempt first) {
    trouble.writeLock().lock();
    try {
      Attempt last = first;
      for (long pause : PATIENCE) {
        Thread.sleep(pause);
        last = send(last.left());
        if (last.isDone() || fault.get() != null) {
          return;
        }
      }
      fault.compareAndSet(null, last.reason());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fault.compareAndSet(null, connection.failure(e));
    } finally {
      trouble.writeLock().unlock();
    }
  }

  private Attempt send(List<Change> changes) {
    List<BulkOperation> operations = changes.stream().map(Change::operation).toList();
    try {
      return judge(changes, connection.client().bulk(bulk -> bulk.operations(operations)));
    } catch (IOException | ElasticsearchException e) {
      Attempt failed = new Attempt(changes, connection.failure(e));
      if (!isPassing(e)) {
        fault.compareAndSet(null, failed.reason());
      }
      return failed;
    }
  }

  private static boolean isPassing(Throwable failure) {
    return switch (failure) {
      case ElasticsearchException refused -> isPassing(refused.status(), refused.error().type());
      case IOException _ -> true;
      default -> failure.getCause() != null && isPassing(failure.getCause());
    };
  }

  /** Overloaded, or without the node or the copy that it needs for the moment. */
  private static boolean isPassing(int status, @Nullable String type) {
    return !BLOCKED.equals(type)
        && (status == 429 || status == 502 || status == 503 || status == 504);
  }
}
