package dev.ragstream.elastic;

import dev.ragstream.core.Failure.Kind;
import dev.ragstream.core.FailureException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentTooLongException;
import org.apache.hc.core5.http.HttpException;

/**
 * The words for requests that got no answer.
 *
 * @param address where an answer was expected, for people
 */
record Unanswered(String address, Cluster cluster, ServerText text) {

  private static final String CHECK = "check that it is running and that store.url is its address";

  private static final String AGAIN = "run the command again; if it happens every time, ";

  private static final String HTTPS =
      "; a node that speaks https alone needs https:// in store.url";

  /** The words for a fault of the network or of what came over it. */
  FailureException of(Throwable fault) {
    return switch (fault) {
      case SSLException e -> new Insecure(subject(), cluster.trust(), text).of(e);
      case UnknownHostException e ->
          failure(
              subject() + " cannot be found: the host " + host(e) + " has no known address",
              "check the name in store.url and that this machine is online");
      case ConnectTimeoutException _ ->
          failure(
              subject() + " did not accept a connection within " + spelt(cluster.connectTimeout()),
              CHECK + ", or raise store.connectTimeout");
      case NoRouteToHostException _ ->
          failure(
              "there is no way to " + subject(),
              "check store.url, the network of this machine and its firewall");
      case ConnectException _ -> failure(subject() + " refused the connection", CHECK);
      case SocketTimeoutException _ ->
          failure(
              subject() + " was silent for " + spelt(cluster.answerTimeout()),
              AGAIN + "look into the cluster's log or raise store.answerTimeout");
      case ContentTooLongException _ ->
          failure(
              "the answer of " + subject() + " is longer than 100 MB",
              "lower retrieval.candidates");
      case ConnectionClosedException _, SocketException _ ->
          failure(
              subject() + " broke off the connection",
              AGAIN + "look into the cluster's log" + (encrypted() ? "" : HTTPS));
      case HttpException e ->
          failure(
              "what answers at " + address + " does not speak HTTP: " + said(e),
              "set store.url to the address and port of the cluster's HTTP API, such as"
                  + " http://localhost:9200");
      default ->
          failure(
              subject() + " gave no answer: " + said(fault), AGAIN + "look into the cluster's log");
    };
  }

  private String subject() {
    return "Elasticsearch at " + address;
  }

  private boolean encrypted() {
    return cluster.urls().stream().allMatch(url -> "https".equals(url.getScheme()));
  }

  private static FailureException failure(String problem, String remedy) {
    return new FailureException(Kind.STORE, problem, remedy);
  }

  static String spelt(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }

  /** Java puts the name before the words of the operating system. */
  private String host(UnknownHostException e) {
    return said(e).replaceFirst(":.*", "");
  }

  private String said(Throwable fault) {
    return text.line(
        Objects.requireNonNullElse(fault.getMessage(), fault.getClass().getSimpleName()));
  }
}
