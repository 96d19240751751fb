package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.OpType;
import co.elastic.clients.elasticsearch.core.GetResponse;
import co.elastic.clients.elasticsearch.core.IndexResponse;
import dev.ragstream.core.FailureException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who writes to an index: a document in it, changed only where it is still as it was last seen. Its
 * holder gives a sign every few seconds; one that was silent for a minute has lost it. The clocks
 * of machines that write to the same index must agree to within half a minute.
 */
final class WriterLock implements AutoCloseable {

  private static final String ID = "#writer";
  private static final Duration SIGN_EVERY = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofMinutes(1);
  private static final int CONFLICT = 409;

  /** Tells this lock from every other one, of the same process too. */
  private static final String TOKEN = "token";

  private static final String PROCESS = "process";
  private static final String HOST = "host";
  private static final String SIGN = "sign";
  private static final String COMMITTED = "committed";

  private final Connection connection;
  private final String index;
  private final String token;
  private final Thread signs = Thread.ofVirtual().name("writer-lock").unstarted(this::giveSigns);
  private Version version;
  private @Nullable Instant committed;
  private Instant lastSign = Instant.now();
  private boolean lost;

  private WriterLock(
      Connection connection,
      String index,
      String token,
      Version version,
      @Nullable Instant committed) {
    this.connection = connection;
    this.index = index;
    this.token = token;
    this.version = version;
    this.committed = committed;
  }

  /** Which state of a document was seen. */
  private record Version(long sequence, long term) {}

  /**
   * Takes the lock.
   *
   * @param index that exists
   * @throws FailureException of kind {@code STORE_LOCKED} where somebody else holds it
   */
  static WriterLock take(Connection connection, String index) {
    @Nullable Found found = find(connection, index);
    if (found != null && found.isHeld()) {
      throw IndexFailures.locked(index, found.holder());
    }
    Instant committed = found == null ? null : found.committed();
    Version before = found == null ? null : found.version();
    String token = UUID.randomUUID().toString();
    Version after =
        write(connection, index, token, state(token, true, committed), before)
            .orElseThrow(() -> IndexFailures.locked(index, "another process"));
    WriterLock lock = new WriterLock(connection, index, token, after, committed);
    lock.signs.start();
    return lock;
  }

  /** Who writes to the index, for people; null where nobody does. */
  static @Nullable String holder(Connection connection, String index) {
    @Nullable Found found = find(connection, index);
    return found == null || !found.isHeld() ? null : found.holder();
  }

  /** When the index was last committed; null where it never was. */
  static @Nullable Instant lastCommit(Connection connection, String index) {
    @Nullable Found found = find(connection, index);
    return found == null ? null : found.committed();
  }

  /**
   * Makes sure that the index is still ours, before it is changed. Asks only where the last sign is
   * so old that another process may soon take it for dead: after a sleep of the machine, say.
   *
   * @throws FailureException of kind {@code STORE_LOCKED} where another process has taken the lock
   */
  synchronized void require() {
    if (lost || lastSign.plus(SILENCE.dividedBy(2)).isBefore(Instant.now())) {
      confirm();
    }
  }

  /**
   * The same, asking in any case.
   *
   * @throws FailureException of kind {@code STORE_LOCKED} where another process has taken the lock
   */
  synchronized void confirm() {
    sign();
    if (lost) {
      throw IndexFailures.lockLost(index);
    }
  }

  /**
   * Notes a commit.
   *
   * @throws FailureException of kind {@code STORE_LOCKED} where another process has taken the lock
   */
  synchronized void commit() {
    committed = Instant.now();
    confirm();
  }

  private synchronized void sign() {
    if (!lost) {
      Instant now = Instant.now();
      Optional<Version> written =
          write(connection, index, token, state(token, true, committed), version);
      written.ifPresent(newer -> version = newer);
      lost = written.isEmpty();
      lastSign = now;
    }
  }

  private void giveSigns() {
    try {
      while (true) {
        Thread.sleep(SIGN_EVERY);
        try {
          sign();
        } catch (FailureException _) {
          // The next sign may get through; whoever writes meets the fault too.
        }
      }
    } catch (InterruptedException _) {
      // closed
    }
  }

  /** Lets the lock go with its index, which is to be removed or is already. */
  synchronized void forget() {
    signs.interrupt();
    lost = true;
  }

  @Override
  public synchronized void close() {
    if (!lost) {
      forget();
      write(connection, index, token, state(token, false, committed), version);
    }
  }

  /** Empty where the document is not as it was last seen, and not as this lock wrote it either. */
  private static Optional<Version> write(
      Connection connection,
      String index,
      String token,
      ObjectNode state,
      @Nullable Version before) {
    Optional<Version> written =
        connection.call(client -> {
          try {
            IndexResponse answer =
                client.index(put -> {
                  put.index(index).id(ID).document(state);
                  return before == null
                      ? put.opType(OpType.Create)
                      : put.ifSeqNo(before.sequence()).ifPrimaryTerm(before.term());
                });
            return Optional.of(
                new Version(
                    Objects.requireNonNull(answer.seqNo()),
                    Objects.requireNonNull(answer.primaryTerm())));
          } catch (ElasticsearchException e) {
            if (e.status() == CONFLICT) {
              return Optional.empty();
            }
            throw e;
          }
        });
    if (written.isPresent()) {
      return written;
    }
    // A request whose answer was lost is sent again, and then meets what it wrote itself.
    @Nullable Found found = find(connection, index);
    return found != null && found.state().path(TOKEN).asString("").equals(token)
        ? Optional.of(found.version())
        : Optional.empty();
  }

  private static ObjectNode state(String token, boolean held, @Nullable Instant committed) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ObjectNode state = document.putObject(OwnLayout.STATE).put(TOKEN, token);
    if (held) {
      state
          .put(PROCESS, ProcessHandle.current().pid())
          .put(HOST, host())
          .put(SIGN, Instant.now().toString());
    }
    if (committed != null) {
      state.put(COMMITTED, committed.toString());
    }
    return document;
  }

  private static @Nullable Found find(Connection connection, String index) {
    GetResponse<ObjectNode> got =
        connection.call(client -> client.get(get -> get.index(index).id(ID), ObjectNode.class));
    return got.found() && got.source() != null
        ? new Found(
            got.source().path(OwnLayout.STATE),
            new Version(
                Objects.requireNonNull(got.seqNo()), Objects.requireNonNull(got.primaryTerm())))
        : null;
  }

  private record Found(JsonNode state, Version version) {

    boolean isHeld() {
      if (!state.has(PROCESS)) {
        return false;
      }
      Instant sign = Instant.parse(state.path(SIGN).asString());
      return sign.plus(SILENCE).isAfter(Instant.now()) && !hasDiedHere();
    }

    private boolean hasDiedHere() {
      return state.path(HOST).asString().equals(host())
          && ProcessHandle.of(state.path(PROCESS).asLong()).isEmpty();
    }

    String holder() {
      long process = state.path(PROCESS).asLong();
      return process == ProcessHandle.current().pid() && state.path(HOST).asString().equals(host())
          ? "this process itself"
          : "process " + process + " on " + state.path(HOST).asString();
    }

    @Nullable Instant committed() {
      return state.has(COMMITTED) ? Instant.parse(state.path(COMMITTED).asString()) : null;
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "an unnamed machine";
    }
  }
}
