package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.transport.TransportException;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import dev.ragstream.core.Failure;
import dev.ragstream.core.Failure.Kind;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Spells what can go wrong with a cluster. No exception of the client travels as a cause: its
 * message may hold a secret that a server has echoed.
 */
final class ElasticFailures {

  /** The client puts faults into these to add its own stack trace. */
  private static final Set<Class<? extends Exception>> WRAPPERS =
      Set.of(
          IOException.class,
          UncheckedIOException.class,
          RuntimeException.class,
          CompletionException.class,
          ExecutionException.class);

  private final Cluster cluster;
  private final Authorization authorization;
  private final ServerText text;
  private final String address;
  private final String subject;

  ElasticFailures(Cluster cluster) {
    this.cluster = cluster;
    this.authorization = new Authorization(cluster.credentials());
    this.text = new ServerText(authorization);
    this.address = new NodeUrls(cluster.urls()).shown();
    this.subject = "Elasticsearch at " + address;
  }

  /** Where the cluster is, without what may be secret. */
  String address() {
    return address;
  }

  /** The words for what the client threw. */
  FailureException of(Throwable fault) {
    return switch (unwrapped(fault)) {
      case FailureException known -> known;
      case ElasticsearchException e when e.httpResponse() != null ->
          of(HttpAnswer.of(e.httpResponse()));
      case ElasticsearchException e -> of(e.error(), e.status());
      case TransportException e -> of(HttpAnswer.of(e.response()));
      case ResponseException e -> of(HttpAnswer.of(e.getResponse()));
      case InterruptedException _ ->
          failure(
              Kind.STORE,
              "the request to " + subject + " was interrupted",
              "run the command again");
      case Throwable unanswered -> new Unanswered(address, cluster, text).of(unanswered);
    };
  }

  /** The words for an error in an answer. */
  FailureException of(ErrorCause error, int status) {
    ErrorCause telling = telling(error);
    return of(Objection.of(telling, status), text.of(telling));
  }

  /** The words for a document that alone is refused. */
  Failure rejected(String source, ErrorCause error) {
    ErrorCause telling = telling(error);
    return new Failure(
        Kind.DOCUMENT,
        source + " was refused by the cluster: " + text.of(telling),
        Objection.of(telling, 400) == Objection.MAPPING
            ? "change the document so that it fits the mapping of the index, or fill a new index"
                + " with 'ragstream index --rebuild PATH'"
            : "change what it objects to in the document, and run the command again");
  }

  private FailureException of(HttpAnswer answer) {
    return answer
        .error()
        .filter(_ -> answer.isOfElasticsearch() || mayBeOfProxy(answer.status()))
        .map(error -> of(error, answer.status()))
        .orElseGet(() -> page(answer));
  }

  /** Not the API's form of an error. */
  private FailureException page(HttpAnswer answer) {
    String said = text.ofBody(answer.body());
    if (said.contains("plain HTTP request was sent to HTTPS port")) {
      return failure(
          Kind.STORE, subject + " speaks https alone on this port", "write https:// in store.url");
    }
    if (answer.isOfElasticsearch() && answer.status() == 400 && said.isEmpty()) {
      return of(Objection.WORDLESS, said);
    }
    if (mayBeOfProxy(answer.status()) || (answer.isOfElasticsearch() && answer.status() >= 400)) {
      return of(Objection.of(answer.status()), said);
    }
    String answered = "it answered " + answer.status() + (said.isEmpty() ? "" : ": " + said);
    return answer.isOfElasticsearch()
        ? failure(
            Kind.STORE,
            subject + " gave an answer that cannot be read; " + answered,
            "check that nothing between here and there changes the answers of the cluster")
        : failure(
            Kind.STORE,
            "what answers at " + address + " is no Elasticsearch; " + answered,
            "set store.url to an Elasticsearch of version 9, not to OpenSearch or another server;"
                + " a proxy before it has to pass on the header X-Elastic-Product");
  }

  private FailureException of(Objection objection, String said) {
    return failure(
        objection.kind,
        subject + " " + filled(objection.words) + (said.isEmpty() ? "" : ": " + said),
        filled(objection.remedy));
  }

  private String filled(String words) {
    return words.formatted(
        authorization.who(), authorization.whenRefused(), authorization.whenPowerless());
  }

  private static FailureException failure(Kind kind, String problem, String remedy) {
    return new FailureException(kind, problem, remedy);
  }

  /** Proxies answer so by themselves, and without the name of Elasticsearch. */
  private static boolean mayBeOfProxy(int status) {
    return switch (status) {
      case 401, 403, 413, 429 -> true;
      default -> status >= 500;
    };
  }

  /** A search that failed tells why in the cause of its first shard. */
  private static ErrorCause telling(ErrorCause error) {
    if (!Objects.equals(error.type(), "search_phase_execution_exception")) {
      return error;
    }
    if (!error.rootCause().isEmpty()) {
      return error.rootCause().getFirst();
    }
    return error.causedBy() == null ? error : telling(error.causedBy());
  }

  private static Throwable unwrapped(Throwable fault) {
    Throwable cause = fault;
    while (WRAPPERS.contains(cause.getClass()) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
