package dev.ragstream.faults;

import static java.util.Objects.requireNonNull;

import dev.ragstream.faults.Wire.Hearing;
import dev.ragstream.faults.Wire.Message;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * What a server goes through in the long run; short in the tests, long in {@code scripts/bench}.
 */
public final class Soak {

  private static final int PER_SECOND = 20;
  private static final int WELL_BEHAVED = 20;
  private static final String TOKEN = " umbrella";

  private Soak() {}

  /**
   * What clients that do not read did to a server.
   *
   * @param heapGrowth of live objects while all of them were stalled, in bytes
   * @param before how late tokens of the others were before, 99 of 100, in milliseconds
   * @param during the same while they were stalled
   * @param lost tokens that the others did not get, or not in order
   */
  public record Stalled(long heapGrowth, double before, double during, int lost) {}

  /**
   * What a server held before and after it gave many answers.
   *
   * @param threads of the operating system
   * @param javaThreads all of Java's, the virtual ones too
   */
  public record Held(int descriptors, int threads, int javaThreads) {}

  /** Before, after, and how many answers were aborted and seen upstream. */
  public record Many(Held before, Held after, int aborted, int seenUpstream) {}

  /**
   * Lets readers stall while others get {@value #PER_SECOND} tokens a second each.
   *
   * @param lasting how long the others are looked at, before and during
   */
  public static Stalled stalledReaders(Path folder, int readers, Duration lasting)
      throws Exception {
    AtomicLong pushed = new AtomicLong();
    int tokens = Math.toIntExact(lasting.toSeconds() * PER_SECOND);
    Upstream.Answer answer =
        call -> {
          call.begin();
          if (call.name().equals("ask-stalled")) {
            while (true) {
              call.text(TOKEN);
              pushed.incrementAndGet();
            }
          }
          long start = System.nanoTime();
          for (int i = 0; i < tokens; i++) {
            long due = start + i * 1_000_000_000L / PER_SECOND;
            Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            call.text(i + " " + System.nanoTime());
          }
          call.done();
        };
    try (Upstream upstream = new Upstream(answer);
        ServedProcess served = new ServedProcess(folder, upstream, "-Xmx512m");
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      others(served, clients, Math.min(tokens, 2 * PER_SECOND)); // warms both sides up
      Others before = others(served, clients, tokens);
      long heap = served.liveHeap();
      List<Socket> stalled = new ArrayList<>();
      for (int i = 0; i < readers; i++) {
        stalled.add(stall(served.port()));
      }
      awaitStandstill(pushed);
      long full = served.liveHeap();
      Others during = others(served, clients, tokens);
      for (Socket socket : stalled) {
        socket.close();
      }
      return new Stalled(full - heap, before.late(), during.late(), before.lost() + during.lost());
    }
  }

  /** Asks one question after the other, over every wire in turn, and leaves half of the answers. */
  public static Many manyAnswers(Path folder, int answers) throws Exception {
    Upstream.Answer answer =
        call -> {
          call.begin();
          call.text("half");
          if (call.name().startsWith("ask-left")) {
            call.fallSilent();
          }
          call.done();
        };
    try (Upstream upstream = new Upstream(answer);
        ServedProcess served = new ServedProcess(folder, upstream)) {
      askMany(served, upstream, "warm", Math.min(answers, 400));
      Held before = held(served);
      int seen = askMany(served, upstream, "x", answers);
      Held after = awaitNoMore(served, before);
      return new Many(before, after, answers / 2, seen);
    }
  }

  private record Others(double late, int lost) {}

  private static Others others(ServedProcess served, ExecutorService clients, int tokens)
      throws Exception {
    Queue<Long> late = new ConcurrentLinkedQueue<>();
    int got = 0;
    Callable<Integer> client =
        () -> {
          int next = 0;
          try (Hearing hearing = Wire.NATIVE_EVENTS.ask(served.port(), "ask-other")) {
            for (Message each = hearing.next(); each != null; each = hearing.next()) {
              int space = each.text().indexOf(' ');
              if (space > 0 && Integer.parseInt(each.text().substring(0, space)) == next) {
                late.add(System.nanoTime() - Long.parseLong(each.text().substring(space + 1)));
                next++;
              }
            }
          }
          return next;
        };
    for (Future<Integer> each :
        clients.invokeAll(IntStream.range(0, WELL_BEHAVED).mapToObj(_ -> client).toList())) {
      got += each.get();
    }
    List<Long> sorted = late.stream().sorted().toList();
    double p99 = sorted.isEmpty() ? -1 : sorted.get(sorted.size() * 99 / 100) / 1e6;
    return new Others(p99, WELL_BEHAVED * tokens - got);
  }

  private static Socket stall(int port) throws IOException {
    Socket socket = Exchange.connect(port, 4 << 10);
    String body = "{\"question\":\"ask-stalled\"}";
    String request =
        "POST /stream HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(body.length(), body);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** Waits until the model's server cannot get rid of anything more. */
  private static void awaitStandstill(AtomicLong pushed) throws InterruptedException {
    int still = 0;
    for (long before = 0; still < 5; before = pushed.get()) {
      Thread.sleep(500);
      still = pushed.get() > 0 && pushed.get() == before ? still + 1 : 0;
    }
  }

  /** How many of those that were left the model's server saw leaving. */
  private static int askMany(ServedProcess served, Upstream upstream, String name, int answers)
      throws Exception {
    int seen = 0;
    Wire[] wires = Wire.values();
    for (int i = 0; i < answers; i++) {
      Wire wire = wires[i / 2 % wires.length];
      boolean leave = i % 2 == 1;
      String question = (leave ? "ask-left" : "ask-") + name + i;
      try (Hearing hearing = wire.ask(served.port(), question)) {
        if (!leave) {
          Answered.of(hearing);
          continue;
        }
        upstream.asked(question).get(Exchange.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        if (!wire.isWhole()) {
          Message message = requireNonNull(hearing.next());
          while (message.text().isEmpty()) {
            message = requireNonNull(hearing.next());
          }
        }
      }
      upstream.left(question).get(Exchange.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      seen++;
    }
    return seen;
  }

  private static Held held(ServedProcess served) throws Exception {
    return new Held(served.descriptors(), served.threads(), served.javaThreads());
  }

  /** What was let go goes a moment later; waits for that. */
  private static Held awaitNoMore(ServedProcess served, Held before) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    Held now = held(served);
    while (System.nanoTime() < deadline
        && (now.descriptors() > before.descriptors()
            || now.threads() > before.threads()
            || now.javaThreads() > before.javaThreads())) {
      Thread.sleep(500);
      now = held(served);
    }
    return now;
  }
}
