package dev.ragstream.faults;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.faults.Wire.Hearing;
import dev.ragstream.faults.Wire.Message;
import dev.ragstream.journal.Run;
import dev.ragstream.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients that leave. Nothing in these servers happens because time passes, no ping and no limit:
 * only the leaving itself can be what closes the connection to the model's server.
 */
class LeavingTest {

  private static final Duration BEFORE_THE_FIRST_TOKEN = Duration.ofSeconds(2);
  private static final Duration IN_MID_STREAM = Duration.ofSeconds(1);

  private static final int CROWD = 100;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void beforeTheFirstTokenClosesTheModelsConnectionAndIsLogged(Wire wire) throws Exception {
    Promised.within(BEFORE_THE_FIRST_TOKEN, () -> leaveEarly(wire));
  }

  private Duration leaveEarly(Wire wire) throws Exception {
    try (Upstream upstream = new Upstream(Upstream.Call::fallSilent);
        ServedProject project = project(upstream)) {
      Hearing client = wire.ask(project.port(), "ask-1 early");
      await(upstream, "ask-1");

      List<Duration> seen = leave(upstream, List.of(client));

      Run run = project.journalled("ask-1");
      assertThat(run.ending().orElseThrow()).isInstanceOf(Cancelled.class);
      assertThat(run.answer()).isEmpty();
      return seen.getLast();
    }
  }

  @ParameterizedTest
  @EnumSource
  void inMidStreamClosesTheModelsConnectionAndIsLogged(Wire wire) throws Exception {
    Promised.within(IN_MID_STREAM, () -> leaveMidway(wire));
  }

  private Duration leaveMidway(Wire wire) throws Exception {
    try (Upstream upstream = new Upstream(LeavingTest::half);
        ServedProject project = project(upstream)) {
      Hearing client = wire.ask(project.port(), "ask-1 midway");
      await(upstream, "ask-1");
      hearHalf(wire, client);

      List<Duration> seen = leave(upstream, List.of(client));

      Run run = project.journalled("ask-1");
      assertThat(run.ending().orElseThrow()).isInstanceOf(Cancelled.class);
      if (!wire.isWhole()) {
        assertThat(run.answer()).isEqualTo("half");
      }
      return seen.getLast();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NATIVE_EVENTS", "NATIVE_FRAMES", "WHOLE_ANSWER"})
  void ofAHundredIsSeenAHundredTimes(Wire wire) throws Exception {
    Promised.within(IN_MID_STREAM, () -> leaveInACrowd(wire));
  }

  private Duration leaveInACrowd(Wire wire) throws Exception {
    try (Upstream upstream = new Upstream(LeavingTest::half);
        ServedProject project = project(upstream)) {
      List<Hearing> clients = new ArrayList<>();
      for (int i = 1; i <= CROWD; i++) {
        clients.add(wire.ask(project.port(), "ask-" + i + "~"));
      }
      for (int i = 1; i <= CROWD; i++) {
        await(upstream, "ask-" + i);
        hearHalf(wire, clients.get(i - 1));
      }

      List<Duration> seen = leave(upstream, clients);

      assertThat(seen).hasSize(CROWD);
      System.out.printf(
          "%s: %d of %d aborts seen upstream, the median after %d ms, the last after %d ms%n",
          wire, seen.size(), CROWD, seen.get(CROWD / 2).toMillis(), seen.getLast().toMillis());
      for (int i = 1; i <= CROWD; i++) {
        assertThat(project.journalled("ask-" + i + "~").ending().orElseThrow())
            .isInstanceOf(Cancelled.class);
      }
      return seen.getLast();
    }
  }

  /** The client of Java's own forgets a response that comes in at that very moment. */
  @Test
  void justAsTheModelsServerAnswersLeavesNoConnectionOpen() throws Exception {
    try (Upstream upstream = new Upstream(LeavingTest::half);
        ServedProject project = project(upstream)) {
      for (int i = 1; i <= 300; i++) {
        Hearing client = Wire.WHOLE_ANSWER.ask(project.port(), "ask-" + i);
        await(upstream, "ask-" + i);
        client.close();
        upstream.left("ask-" + i).get(Exchange.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }

  private ServedProject project(Upstream upstream) throws IOException {
    Path fresh = Files.createTempDirectory(folder, "project");
    return ServedProject.asking(upstream, fresh, TestServer.ENDLESS);
  }

  private static void half(Upstream.Call call) throws IOException, InterruptedException {
    call.begin();
    call.text("half");
    call.fallSilent();
  }

  private static void await(Upstream upstream, String name) throws Exception {
    upstream.asked(name).get(Exchange.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static void hearHalf(Wire wire, Hearing client) throws IOException {
    if (!wire.isWhole()) {
      Message message = requireNonNull(client.next());
      while (!message.text().equals("half")) {
        message = requireNonNull(client.next());
      }
    }
  }

  /** How long after each leaving the model's server saw it, the quickest first. */
  private static List<Duration> leave(Upstream upstream, List<Hearing> clients) throws Exception {
    List<Long> left = new ArrayList<>();
    for (Hearing client : clients) {
      left.add(System.nanoTime());
      client.close();
    }
    List<Duration> seen = new ArrayList<>();
    for (int i = 1; i <= clients.size(); i++) {
      long at = upstream.left("ask-" + i).get(Exchange.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      seen.add(Duration.ofNanos(at - left.get(i - 1)));
    }
    return seen.stream().sorted().toList();
  }
}
