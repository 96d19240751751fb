package dev.ragstream.faults;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.Failure.Kind;
import dev.ragstream.faults.Wire.Hearing;
import dev.ragstream.journal.Run;
import dev.ragstream.server.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client sees while the model's server says nothing. */
class SilenceTest {

  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration NEVER = Duration.ofHours(1);

  @TempDir private Path folder;

  @Test
  void aServerPingsAtLeastEveryTenSeconds() {
    assertThat(Patience.STANDARD.ping()).isLessThan(Duration.ofSeconds(10));
    assertThat(Patience.STANDARD.socketPing()).isLessThanOrEqualTo(Duration.ofSeconds(10));
  }

  /** Before the model's server answers at all, and in mid-stream. */
  @ParameterizedTest
  @EnumSource(names = {"NATIVE_EVENTS", "CLASSIC_EVENTS", "CHAT_CHUNKS", "UI_MESSAGES"})
  void aSilentStreamIsHeldOpenByPings(Wire wire) throws Exception {
    Semaphore pinged = new Semaphore(0);
    Upstream.Answer answer =
        call -> {
          pinged.acquire();
          call.begin();
          call.text("at first");
          pinged.acquire();
          call.text("at last");
          call.done();
        };
    try (Upstream upstream = new Upstream(answer);
        ServedProject project =
            ServedProject.asking(upstream, folder, new Patience(SOON, NEVER, NEVER, NEVER));
        Exchange exchange =
            Exchange.post(project.port(), wire.path, wire.body("ask-1").toString())) {
      awaitPings(exchange);
      pinged.release();
      while (!requireNonNull(exchange.line()).contains("\"at first\"")) {
        // what goes before it
      }
      awaitPings(exchange);
      pinged.release();

      assertThat(exchange.rest()).contains("\"at last\"");
    }
  }

  private static void awaitPings(Exchange exchange) throws IOException {
    for (int pings = 0; pings < 3; ) {
      pings += requireNonNull(exchange.line()).equals(": ping") ? 1 : 0;
    }
  }

  @Test
  void aSilentWebSocketIsHeldOpenByPings() throws Exception {
    CountDownLatch pinged = new CountDownLatch(1);
    Upstream.Answer answer =
        call -> {
          call.begin();
          pinged.await();
          call.text("at last");
          call.done();
        };
    Patience patience = new Patience(NEVER, Duration.ofSeconds(3), NEVER, NEVER);
    try (Upstream upstream = new Upstream(answer);
        ServedProject project = ServedProject.asking(upstream, folder, patience);
        RawSocket socket = RawSocket.open(project.port(), "/ws_chat")) {
      socket.whenPinged(pinged::countDown);
      socket.say("{\"question\":\"ask-1\"}");
      socket.hear();
      socket.hear();

      assertThat(socket.hear()).contains("\"at last\"");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStallIsAnErrorWithTheTextSoFarAndPingsDoNotPutItOff(Wire wire) throws Exception {
    try (Upstream upstream = new Upstream(Upstream.Answer.silentAfter("half"));
        ServedProject project =
            new ServedProject(
                folder,
                ServedProject.settings(upstream, "{idleTimeout: 1s}"),
                new Patience(SOON, NEVER, NEVER, NEVER));
        Hearing client = wire.ask(project.port(), "ask-1")) {

      Answered answered = Answered.of(client);

      assertThat(answered.ending()).isEqualTo("failed");
      assertThat(answered.told())
          .contains("sent nothing for 1 s")
          .contains("raise llm.idleTimeout");
      assertThat(answered.text()).isEqualTo(wire.isWhole() ? "" : "half");
      Run run = project.journalled("ask-1");
      assertThat(run.answer()).isEqualTo("half");
      assertThat(run.ending().orElseThrow())
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> assertThat(failed.failure().kind()).isEqualTo(Kind.UPSTREAM_STALLED));
    }
  }

  /** The limit for connections on which nothing moves is not one for models that think. */
  @ParameterizedTest
  @EnumSource
  void aModelMayThinkForLongerThanAConnectionMayBeIdle(Wire wire) throws Exception {
    Duration idle = Duration.ofSeconds(4);
    Upstream.Answer answer =
        call -> {
          call.begin();
          Thread.sleep(idle.multipliedBy(2));
          call.text("at last");
          call.done();
        };
    Patience patience = new Patience(NEVER, NEVER, idle, NEVER);
    try (Upstream upstream = new Upstream(answer);
        ServedProject project = ServedProject.asking(upstream, folder, patience);
        Hearing client = wire.ask(project.port(), "ask-1")) {
      assertThat(Answered.of(client)).isEqualTo(new Answered("at last", "completed", ""));
    }
  }
}
