package dev.ragstream.faults;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.faults.Wire.Hearing;
import dev.ragstream.faults.Wire.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that is told to stop while answers are under way. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill -TERM")
class StopTest {

  private static final Duration SOON = Duration.ofSeconds(3);

  private static final int STREAMS = 100;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 10})
  void tellsAHundredClientsAndEnds(int whoDoNotRead) throws Exception {
    Promised.within(SOON, () -> stop(whoDoNotRead));
  }

  @Test
  void endsInGoodOrderFromTheMiddleOfNativeCode() throws Exception {
    String local = "llm: {model: extractive}\nserve: {port: 0}\n";
    try (ServedProcess served = new ServedProcess(folder, local)) {
      List<Hearing> clients = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        clients.add(Wire.NATIVE_EVENTS.ask(served.port(), "Shall I carry umbrella " + i + "?"));
      }
      served.terminate();

      assertThat(served.exitCode()).isEqualTo(143);
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("hs_err"));
      }
      for (Hearing client : clients) {
        client.close();
      }
    }
  }

  private Duration stop(int whoDoNotRead) throws Exception {
    Path project = Files.createTempDirectory(folder, "project");
    try (Upstream upstream = new Upstream(StopTest::half);
        ServedProcess served = new ServedProcess(project, upstream)) {
      List<RawSocket> deaf = new ArrayList<>();
      for (int i = 0; i < whoDoNotRead; i++) {
        RawSocket socket = RawSocket.narrow(served.port(), "/ws_chat");
        socket.say("{\"question\":\"ask-deaf\"}");
        deaf.add(socket);
      }
      Wire[] wires = Wire.values();
      List<CompletableFuture<String>> told = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        Wire wire = wires[i % wires.length];
        Hearing client = wire.ask(served.port(), "ask-" + i);
        upstream.asked("ask-" + i).get(Exchange.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        hearHalf(wire, client);
        told.add(end(client));
      }

      long start = System.nanoTime();
      served.terminate();
      int code = served.exitCode();
      Duration took = Duration.ofNanos(System.nanoTime() - start);

      for (int i = 0; i < STREAMS; i++) {
        Wire wire = wires[i % wires.length];
        assertThat(told.get(i).get(Exchange.PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
            .as("%s", wire)
            .isEqualTo(wire.isSocket() ? "cancelled, 1001" : "cancelled");
      }
      System.out.printf(
          "a stop with %d streams, and %d clients that do not read: all told, gone after %d ms%n",
          STREAMS, whoDoNotRead, took.toMillis());
      assertThat(code).isEqualTo(143);
      for (RawSocket socket : deaf) {
        socket.close();
      }
      return took;
    }
  }

  private static void half(Upstream.Call call) throws IOException, InterruptedException {
    call.begin();
    call.text("half");
    while (call.name().equals("ask-deaf")) {
      call.text("x".repeat(1000));
    }
    call.fallSilent();
  }

  private static void hearHalf(Wire wire, Hearing client) throws IOException {
    if (!wire.isWhole()) {
      Message message = requireNonNull(client.next());
      while (!message.text().equals("half")) {
        message = requireNonNull(client.next());
      }
    }
  }

  /** How the answer ended, and the socket. */
  private static CompletableFuture<String> end(Hearing client) {
    CompletableFuture<String> end = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try (client) {
            end.complete(Answered.of(client).ending() + client.closing());
          } catch (IOException | AssertionError e) {
            end.completeExceptionally(e);
          }
        });
    return end;
  }
}
