package dev.ragstream.faults;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.elastic.Nginx;
import dev.ragstream.elastic.NginxSite;
import dev.ragstream.faults.Wire.Hearing;
import dev.ragstream.faults.Wire.Message;
import dev.ragstream.server.Patience;
import dev.ragstream.server.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Answers that pass through two real nginx, which buffer what they proxy unless they are told not
 * to. The model's server says a word only when the client has seen the one before: whatever holds a
 * word back stops the test.
 */
class BehindProxiesTest {

  private static final int WORDS = 20;
  private static final Duration NEVER = Duration.ofHours(1);

  @TempDir private Path folder;

  /** A chain of two, the second one in front of the first. */
  private record Hops(Nginx inner, Nginx outer) implements AutoCloseable {

    int port() {
      return outer.url().getPort();
    }

    @Override
    public void close() throws IOException {
      outer.close();
      inner.close();
    }
  }

  /** The first one alone sees {@code X-Accel-Buffering}, unless it is told to pass it on. */
  private Hops hops(int port, String... directives) {
    NginxSite first =
        site(URI.create("http://127.0.0.1:" + port), directives)
            .with("proxy_pass_header X-Accel-Buffering");
    Nginx inner = first.start(folder);
    return new Hops(inner, site(inner.url(), directives).start(folder));
  }

  private static NginxSite site(URI upstream, String... directives) {
    NginxSite site =
        Nginx.before(upstream)
            .with("proxy_set_header Upgrade $http_upgrade")
            .with("proxy_set_header Connection $http_connection");
    for (String directive : directives) {
      site.with(directive);
    }
    return site;
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"CHAT_COMPLETION", "WHOLE_ANSWER"})
  void everyWordArrivesBeforeTheNextOneIsSaid(Wire wire) throws Exception {
    Semaphore seen = new Semaphore(1);
    try (Upstream upstream = new Upstream(call -> sayOnceSeen(call, seen));
        ServedProject project = ServedProject.asking(upstream, folder, TestServer.ENDLESS);
        Hops hops = hops(project.port());
        Hearing client = wire.ask(hops.port(), "ask-1")) {
      assertArrivesWordByWord(client, seen);
    }
  }

  @Test
  void everyWordArrivesThroughCompressionToo() throws Exception {
    Semaphore seen = new Semaphore(1);
    try (Upstream upstream = new Upstream(call -> sayOnceSeen(call, seen));
        ServedProject project = ServedProject.asking(upstream, folder, TestServer.ENDLESS);
        Hops hops =
            hops(
                project.port(),
                "gzip on",
                "gzip_types *",
                "gzip_min_length 1",
                "gzip_proxied any");
        Hearing client =
            Wire.NATIVE_EVENTS.ask(hops.port(), "ask-1", "Accept-Encoding: gzip\r\n")) {
      assertArrivesWordByWord(client, seen);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NATIVE_EVENTS", "CLASSIC_EVENTS", "CHAT_CHUNKS", "UI_MESSAGES"})
  void oneHopNeedsNoSettingAtAll(Wire wire) throws Exception {
    Semaphore seen = new Semaphore(1);
    try (Upstream upstream = new Upstream(call -> sayOnceSeen(call, seen));
        ServedProject project = ServedProject.asking(upstream, folder, TestServer.ENDLESS);
        Nginx nginx =
            Nginx.before(URI.create("http://127.0.0.1:" + project.port())).oldHttp().start(folder);
        Hearing client = wire.ask(nginx.url().getPort(), "ask-1")) {
      assertArrivesWordByWord(client, seen);
    }
  }

  @ParameterizedTest
  @CsvSource({"NATIVE_EVENTS", "CHAT_CHUNKS", "NATIVE_FRAMES"})
  void pingsKeepASilentAnswerFromBeingCut(Wire wire) throws Exception {
    Duration cut = Duration.ofSeconds(10);
    Upstream.Answer answer =
        call -> {
          call.begin();
          call.text("first");
          Thread.sleep(cut.multipliedBy(3).dividedBy(2));
          call.text(" last");
          call.done();
        };
    Patience patience = new Patience(cut.dividedBy(5), cut.dividedBy(3), NEVER, NEVER);
    try (Upstream upstream = new Upstream(answer);
        ServedProject project = ServedProject.asking(upstream, folder, patience);
        Hops hops = hops(project.port(), "proxy_read_timeout 10s");
        Hearing client = wire.ask(hops.port(), "ask-1")) {
      assertThat(Answered.of(client)).isEqualTo(new Answered("first last", "completed", ""));
    }
  }

  /** So that the test above would fail without pings. */
  @Test
  void aSilentAnswerWithoutPingsIsCut() throws Exception {
    try (Upstream upstream = new Upstream(Upstream.Answer.silentAfter("first"));
        ServedProject project = ServedProject.asking(upstream, folder, TestServer.ENDLESS);
        Hops hops = hops(project.port(), "proxy_read_timeout 1s");
        Exchange client = Exchange.post(hops.port(), "/stream", "{\"question\":\"ask-1\"}")) {
      assertThat(client.status()).isEqualTo(200);
      assertThat(project.journalled("ask-1").ending().orElseThrow()).isInstanceOf(Cancelled.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoLeavesIsSeenThroughBoth(Wire wire) throws Exception {
    try (Upstream upstream = new Upstream(Upstream.Answer.silentAfter("half"));
        ServedProject project = ServedProject.asking(upstream, folder, TestServer.ENDLESS);
        Hops hops = hops(project.port())) {
      Hearing client = wire.ask(hops.port(), "ask-1");
      upstream.asked("ask-1").get(Exchange.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      if (!wire.isWhole()) {
        Message message = requireNonNull(client.next());
        while (!message.text().equals("half")) {
          message = requireNonNull(client.next());
        }
      }

      client.close();

      upstream.left("ask-1").get(Exchange.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      assertThat(project.journalled("ask-1").ending().orElseThrow()).isInstanceOf(Cancelled.class);
    }
  }

  /** What a plain answer, an error and the end of a socket look like from outside. */
  @Test
  void refusalsAndCloseStatusComeThroughAsTheyAre() throws Exception {
    try (Upstream upstream = new Upstream(Upstream.Call::fallSilent);
        ServedProject project = ServedProject.asking(upstream, folder, TestServer.ENDLESS);
        Hops hops = hops(project.port());
        Exchange refused = Exchange.post(hops.port(), "/stream", "{}");
        RawSocket socket = RawSocket.open(hops.port(), "/ws_chat")) {
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.rest()).contains("there is no 'question'");
      socket.sayBytes(new byte[] {(byte) 0xFF});
      assertThat(socket.hear()).isNull();
      assertThat(socket.closeStatus()).isEqualTo(1007);
    }
  }

  /** A browser names the host that it asks, and the origin of the page that asks. */
  @Test
  void aPageAndWhatItAsksAndItsSocketComeThroughAsABrowserSendsThem() throws Exception {
    Upstream.Answer answer =
        call -> {
          call.begin();
          call.text("word");
          call.done();
        };
    try (Upstream upstream = new Upstream(answer);
        ServedProject project = ServedProject.asking(upstream, folder, TestServer.ENDLESS);
        Hops hops = hops(project.port());
        HttpClient browser = HttpClient.newHttpClient()) {
      String authority = "127.0.0.1:" + hops.port();
      HttpRequest page = HttpRequest.newBuilder(URI.create("http://" + authority + "/")).build();
      assertThat(browser.send(page, BodyHandlers.ofString()).body())
          .contains("ragstream playground");

      HttpRequest.Builder fetch =
          HttpRequest.newBuilder(URI.create("http://" + authority + "/stream"))
              .POST(BodyPublishers.ofString("{\"question\":\"ask-1\"}"));
      assertThat(
              browser
                  .send(
                      fetch.copy().header("Origin", "http://" + authority).build(),
                      BodyHandlers.ofString())
                  .body())
          .contains("word", "event: completed");
      assertThat(
              browser
                  .send(
                      fetch.copy().header("Origin", "http://evil.example").build(),
                      BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(403);

      WebSocket socket =
          browser
              .newWebSocketBuilder()
              .header("Origin", "http://" + authority)
              .buildAsync(URI.create("ws://" + authority + "/ws_chat"), new WebSocket.Listener() {})
              .get(Exchange.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      socket.abort();
    }
  }

  private static void sayOnceSeen(Upstream.Call call, Semaphore seen)
      throws IOException, InterruptedException {
    call.begin();
    for (int i = 0; i < WORDS; i++) {
      seen.acquire();
      call.text("word-" + i);
    }
    seen.acquire();
    call.done();
  }

  private static void assertArrivesWordByWord(Hearing client, Semaphore seen) throws IOException {
    for (int i = 0; i < WORDS; ) {
      Message message = requireNonNull(client.next());
      if (!message.text().isEmpty()) {
        assertThat(message.text()).isEqualTo("word-" + i);
        i++;
        seen.release();
      }
    }
    Message end = requireNonNull(client.next());
    while (end.ending() == null) {
      end = requireNonNull(client.next());
    }
    assertThat(end.ending()).isEqualTo("completed");
  }
}
