package dev.ragstream.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.faults.Wire.Hearing;
import dev.ragstream.journal.Run;
import dev.ragstream.server.Patience;
import dev.ragstream.server.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do not read what they asked for. */
class SlowReaderTest {

  private static final Duration NEVER = Duration.ofHours(1);
  private static final String PIECE = "word ".repeat(200);

  /** The queue of 2 MB, and what the kernel holds of two connections. */
  private static final long MOST_TAKEN = 32L << 20;

  @TempDir private Path folder;
  private final AtomicLong taken = new AtomicLong();

  @ParameterizedTest
  @ValueSource(strings = {"/stream", "/ws_chat"})
  void makesTheModelWaitAndIsDroppedWhileOthersFeelNothing(String path) throws Exception {
    Patience patience = new Patience(NEVER, NEVER, NEVER, Duration.ofSeconds(2));
    try (Upstream upstream = new Upstream(this::endless);
        ServedProject project = ServedProject.asking(upstream, folder, patience);
        Socket stalled = stalled(project.port(), path)) {
      upstream.asked("ask-stalled").get(Exchange.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);

      while (!upstream.left("ask-stalled").isDone()) {
        try (Hearing other = Wire.NATIVE_EVENTS.ask(project.port(), "ask-other")) {
          assertThat(Answered.of(other)).isEqualTo(new Answered(PIECE, "completed", ""));
        }
      }

      assertThat(taken.get()).isBetween(2L << 20, MOST_TAKEN);
      Run run = project.journalled("ask-stalled");
      assertThat(run.ending().orElseThrow()).isInstanceOf(Cancelled.class);
      assertThat(run.answer()).startsWith(PIECE);
      assertHungUp(stalled);
    }
  }

  @Test
  void whoReadsAfterAllHasMissedNothing() throws Exception {
    int pieces = 60_000;
    Upstream.Answer answer =
        call -> {
          call.begin();
          for (int i = 0; i < pieces; i++) {
            call.text("<" + i + ">" + PIECE);
            taken.addAndGet(PIECE.length());
          }
          call.done();
        };
    try (Upstream upstream = new Upstream(answer);
        ServedProject project = ServedProject.asking(upstream, folder, TestServer.ENDLESS);
        Exchange slow = Exchange.post(project.port(), "/stream", "{\"question\":\"ask-1\"}")) {
      awaitStandstill();
      assertThat(taken.get()).isLessThan(MOST_TAKEN);

      String all = slow.rest();

      assertThat(all).containsOnlyOnce("event: completed");
      int at = 0;
      for (int i = 0; i < pieces; i++) {
        at = all.indexOf("<" + i + ">", at);
        assertThat(at).as("piece %d", i).isPositive();
      }
    }
  }

  @Test
  void aSecondReaderThatDoesNotReadIsCutOffAloneAndGoesOnLater() throws Exception {
    int pieces = 6000; // 6 MB: more than a reader may lag, and less than is kept
    CountDownLatch bothThere = new CountDownLatch(1);
    Upstream.Answer answer =
        call -> {
          call.begin();
          bothThere.await();
          for (int i = 0; i < pieces; i++) {
            call.text("<" + i + ">" + PIECE);
          }
          call.done();
        };
    try (Upstream upstream = new Upstream(answer);
        // Who waits for the slow one at all waits for an hour.
        ServedProject project = ServedProject.asking(upstream, folder, TestServer.ENDLESS);
        Exchange fast = Exchange.post(project.port(), "/stream", "{\"question\":\"ask-1\"}")) {
      String events = "/api/runs/" + fast.header("X-Ragstream-Run") + "/events";
      try (Exchange slow = Exchange.getNarrow(project.port(), events)) {
        StringBuilder seen = new StringBuilder();
        while (!seen.toString().contains("event: prompt")) {
          seen.append(slow.line()).append('\n');
        }
        bothThere.countDown();

        String all = fast.rest();

        assertThat(all).containsOnlyOnce("event: completed");
        String cut = whole(seen + restUntilCut(slow));
        assertThat(all).startsWith(cut);
        assertThat(cut.length()).isLessThan(all.length() / 2);
        String last =
            cut.substring(cut.lastIndexOf("\nid: ") + 5).lines().findFirst().orElseThrow();
        String headers = "Last-Event-ID: " + last + "\r\n";
        try (Exchange back = Exchange.get(project.port(), events, headers)) {
          assertThat(back.status()).isEqualTo(200);
          assertThat(cut + back.rest()).isEqualTo(all);
        }
      }
    }
  }

  /** What came before the connection was cut off, which it has to be. */
  private static String restUntilCut(Exchange slow) {
    StringBuilder rest = new StringBuilder();
    try {
      for (String line = slow.line(); line != null; line = slow.line()) {
        rest.append(line).append('\n');
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the server did not hang up", e);
    } catch (IOException e) {
      return rest.toString();
    }
    throw new AssertionError("the answer came to its end");
  }

  /** Without an event that is cut off. */
  private static String whole(String events) {
    return events.substring(0, events.lastIndexOf("\n\n") + 2);
  }

  /** Waits until nothing has moved for a while. */
  private void awaitStandstill() throws InterruptedException {
    long before = -1;
    while (taken.get() == 0 || taken.get() != before) {
      before = taken.get();
      Thread.sleep(500);
    }
  }

  private void endless(Upstream.Call call) throws IOException {
    call.begin();
    if (call.name().equals("ask-other")) {
      call.text(PIECE);
      call.done();
      return;
    }
    while (true) {
      call.text(PIECE);
      taken.addAndGet(PIECE.length());
    }
  }

  /** A connection that asks and then does not read. */
  private static Socket stalled(int port, String path) throws IOException {
    if (path.equals("/ws_chat")) {
      RawSocket socket = RawSocket.narrow(port, path);
      socket.say("{\"question\":\"ask-stalled\"}");
      return socket.connection();
    }
    Socket socket = Exchange.connect(port, 4 << 10);
    String body = "{\"question\":\"ask-stalled\"}";
    String request =
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(path, body.length(), body);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** What was on its way may still come, and then the end. */
  private static void assertHungUp(Socket stalled) {
    long came = 0;
    try {
      for (int read = 0; read >= 0; read = stalled.getInputStream().read(new byte[1 << 16])) {
        came += read;
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the server did not hang up", e);
    } catch (IOException e) {
      // a reset is an end as well
    }
    assertThat(came).isLessThan(MOST_TAKEN);
  }
}
