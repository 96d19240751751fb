package dev.ragstream.elastic;

import static dev.ragstream.elastic.Clusters.API_KEY;
import static dev.ragstream.elastic.Clusters.LOGIN;
import static dev.ragstream.elastic.Clusters.NOBODY;
import static dev.ragstream.elastic.Clusters.as;
import static dev.ragstream.elastic.Clusters.at;
import static dev.ragstream.elastic.Clusters.toldOf;
import static dev.ragstream.model.ScriptedServer.reset;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.ragstream.core.Secret;
import dev.ragstream.elastic.Cluster.Credentials;
import dev.ragstream.model.ScriptedServer;
import dev.ragstream.model.ScriptedServer.Step;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectionTest {

  /**
   * The node was asked for something that is not there: the shortest answer that the client takes.
   */
  private static final Step NO =
      send(
          """
          HTTP/1.1 404 Not Found\r
          X-Elastic-Product: Elasticsearch\r
          Content-Length: 0\r
          Connection: close\r
          \r
          """);

  @AutoClose private final ScriptedServer server = new ScriptedServer();
  private final URI url = server.url().resolve("/");

  @Test
  void nothingIsOpenedBeforeItIsUsed() {
    Secret missing =
        new Secret(
            "$MISSING",
            () -> {
              throw new AssertionError("nobody needs the key yet");
            });

    new Connection(as(new Credentials.ApiKey(missing), url)).close();

    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void credentialsGoWithTheFirstRequest(Credentials credentials, @Nullable String header) {
    server.script(NO);

    try (Connection connection = new Connection(as(credentials, url))) {
      assertThat(exists(connection)).isFalse();
    }

    assertThat(header(server.requests().getFirst(), "authorization")).isEqualTo(header);
  }

  static Stream<Arguments> credentialsGoWithTheFirstRequest() {
    return Stream.of(
        argumentSet("nobody", NOBODY, null),
        argumentSet("an API key", API_KEY, "ApiKey canary-key-4711-never-shown"),
        argumentSet("a user", LOGIN, "Basic cmFnc3RyZWFtOmNhbmFyeS1wYXNzd29yZC0wODE1"));
  }

  @Test
  void requestsSayWhoSendsThemAndWantNoCompression() {
    server.script(NO);

    try (Connection connection = new Connection(at(url))) {
      exists(connection);
    }

    String request = server.requests().getFirst();
    assertThat(header(request, "user-agent")).startsWith("ragstream");
    assertThat(header(request, "accept-encoding")).isNull();
  }

  @Test
  void anAddressMayHaveAPathAndAHostWithAnUnderscore() {
    server.script(NO);
    URI proxied = URI.create("http://localhost:" + url.getPort() + "/search/");

    try (Connection connection = new Connection(at(proxied))) {
      exists(connection);
    }

    assertThat(server.requests().getFirst()).startsWith("HEAD /search/weather HTTP/1.1\r\n");
    assertThat(new NodeUrls(List.of(URI.create("http://my_node:9200"))).hosts())
        .hasToString("[http://my_node:9200]");
  }

  @Test
  void addressesWithDifferentPathsAreAFaultOfTheSettings() {
    assertThat(toldOf(at(url.resolve("/a"), url.resolve("/b"))))
        .isEqualTo(
            """
            SETTINGS: the addresses in store.url have different paths: %1$s/a, %1$s/b
            -> give all of them the same path, or none
            """
                .formatted(url.toString().replaceFirst("/$", "")));
  }

  @Test
  void nodesAreAskedInTurn() {
    try (ScriptedServer other = new ScriptedServer();
        Connection connection = new Connection(at(url, other.url().resolve("/")))) {
      server.script(NO);
      other.script(NO);

      exists(connection);
      exists(connection);

      assertThat(server.requests()).hasSize(1);
      assertThat(other.requests()).hasSize(1);
    }
  }

  @Test
  void aNodeThatFailsIsLeftOutForAWhile() {
    try (ScriptedServer broken = new ScriptedServer();
        Connection connection = new Connection(at(url, broken.url().resolve("/")))) {
      broken.script(reset()).script(reset());
      server.script(NO).script(NO).script(NO);

      for (int i = 0; i < 3; i++) {
        assertThat(exists(connection)).isFalse();
      }

      assertThat(broken.requests()).hasSize(2);
    }
  }

  @Test
  void sixteenRequestsGoAtOnce() throws Exception {
    CountDownLatch all = new CountDownLatch(16);
    Step meeting =
        client -> {
          all.countDown();
          all.await();
        };
    IntStream.range(0, 16).forEach(_ -> server.script(meeting, NO));

    try (Connection connection = new Connection(at(url));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Boolean> request = () -> exists(connection);

      assertThat(threads.invokeAll(Collections.nCopies(16, request)))
          .extracting(Future::get)
          .containsOnly(false);
    }
  }

  @Test
  void anInterruptedThreadGivesUpAndStaysInterrupted() throws Exception {
    server.script();
    FutureTask<String> request =
        new FutureTask<>(() -> toldOf(at(url)) + Thread.currentThread().isInterrupted());
    Thread thread = Thread.ofVirtual().start(request);
    server.awaitRequest();

    thread.interrupt();

    assertThat(request.get())
        .isEqualTo(
            """
            STORE: the request to Elasticsearch at %s was interrupted
            -> run the command again
            true\
            """
                .formatted(url.toString().replaceFirst("/$", "")));
    server.clientLeft().get();
  }

  @Test
  void aFaultOfTheCallerIsNotMistakenForOneOfTheCluster() {
    RuntimeException fault = new IllegalStateException("of the caller");

    try (Connection connection = new Connection(at(url))) {
      assertThatThrownBy(() ->
              connection.call(_ -> {
                throw fault;
              }))
          .isSameAs(fault);
    }
  }

  private static boolean exists(Connection connection) {
    return connection.call(c -> c.indices().exists(e -> e.index("weather"))).value();
  }

  private static @Nullable String header(String request, String name) {
    return request
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse(null);
  }
}
