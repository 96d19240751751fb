package dev.ragstream.server;

import static dev.ragstream.server.TestServer.PATIENCE_SECONDS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Timings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventLogTest {

  private static final Duration LONG = Duration.ofSeconds(PATIENCE_SECONDS);
  private static final Cancelled END = new Cancelled(new Timings(0, -1, 0));

  /** What was read counts when a whole segment was, which a few of these fill. */
  private static final String LONG_PIECE = "word ".repeat(200);

  private final AtomicInteger deserted = new AtomicInteger();

  @Test
  void everyReaderGetsEveryEventAtItsOwnPace() throws Exception {
    EventLog log = log(EventLog.Limits.waiting(LONG));
    LogReader early = requireNonNull(log.reader(0, () -> {}));
    List<AnswerEvent> events = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      events.add(i % 3 == 0 ? new Reasoning("想" + i) : new Text("piece " + i + " \ud83c\udf27"));
    }
    for (AnswerEvent event : events) {
      log.append(event);
    }
    LogReader late = requireNonNull(log.reader(0, () -> {}));
    LogReader resumed = requireNonNull(log.reader(4321, () -> {}));
    log.end(END);
    events.add(END);

    assertThat(read(early)).isEqualTo(events);
    assertThat(read(late)).isEqualTo(events);
    assertThat(read(resumed)).isEqualTo(events.subList(4321, events.size()));
    assertThat(resumed.sequence()).isEqualTo(5001);
  }

  @Test
  void aReaderThatWaitsGetsTheEventAsSoonAsItIsThere() throws Exception {
    EventLog log = log(EventLog.Limits.waiting(LONG));
    LogReader reader = requireNonNull(log.reader(0, () -> {}));
    CompletableFuture<AnswerEvent> got = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            got.complete(requireNonNull(reader.next(LONG)));
          } catch (InterruptedException e) {
            got.completeExceptionally(e);
          }
        });
    log.append(new Text("now"));

    assertThat(got.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(new Text("now"));
    assertThat(reader.waiting()).isFalse();
  }

  @Test
  void theWriterWaitsForAReaderThatIsTooFarBehind() throws Exception {
    EventLog log = log(new EventLog.Limits(1000, LONG, 1 << 20));
    LogReader reader = requireNonNull(log.reader(0, () -> {}));
    CompletableFuture<Void> written = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            for (int i = 0; i < 100; i++) {
              log.append(new Text("0123456789"));
            }
            written.complete(null);
          } catch (InterruptedException e) {
            written.completeExceptionally(e);
          }
        });
    for (int i = 0; i < 10; i++) {
      reader.next(LONG);
    }
    assertThat(log.size()).isLessThan(100);
    for (int i = 10; i < 100; i++) {
      reader.next(LONG);
    }
    written.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void aReaderThatStaysBehindIsDroppedAndTheRunIsDeserted() throws Exception {
    EventLog log = log(new EventLog.Limits(1000, Duration.ofMillis(50), 1 << 20));
    AtomicInteger dropped = new AtomicInteger();
    LogReader reader = requireNonNull(log.reader(0, dropped::incrementAndGet));
    for (int i = 0; i < 100; i++) {
      log.append(new Text("0123456789"));
    }
    assertThat(dropped).hasValue(1);
    assertThat(deserted).hasValue(1);
    assertThat(reader.closed()).isTrue();
  }

  @Test
  void nobodyWaitsForAReaderThatDoesNotKeepUpWithAnother() throws Exception {
    EventLog log = log(new EventLog.Limits(20_000, LONG, 8 << 20));
    AtomicInteger dropped = new AtomicInteger();
    LogReader slow = requireNonNull(log.reader(0, dropped::incrementAndGet));
    LogReader fast = requireNonNull(log.reader(0, () -> {}));
    write(log, fast, 1000);
    assertThat(dropped).hasValue(1);
    assertThat(slow.closed()).isTrue();
    assertThat(fast.closed()).isFalse();
    assertThat(deserted).hasValue(0);

    LogReader back = requireNonNull(log.reader(slow.sequence(), dropped::incrementAndGet));
    log.end(END);
    assertThat(read(back)).hasSize(1001).startsWith(new Text(LONG_PIECE));
    assertThat(dropped).hasValue(1);
  }

  @Test
  void readersOfAboutTheSamePaceAreAllServed() throws Exception {
    EventLog log = log(new EventLog.Limits(200_000, LONG, 8 << 20));
    AtomicInteger dropped = new AtomicInteger();
    LogReader one = requireNonNull(log.reader(0, dropped::incrementAndGet));
    LogReader other = requireNonNull(log.reader(0, dropped::incrementAndGet));
    int all = 5000;
    CompletableFuture<Void> written = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            for (int i = 0; i < all; i++) {
              log.append(new Text(LONG_PIECE));
            }
            written.complete(null);
          } catch (InterruptedException e) {
            written.completeExceptionally(e);
          }
        });
    for (int i = 0; i < all; i += 100) {
      // 100 events apart, which is far less than the lag.
      for (LogReader reader : List.of(one, other)) {
        for (int j = 0; j < 100; j++) {
          requireNonNull(reader.next(LONG));
        }
      }
    }
    written.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(dropped).hasValue(0);
  }

  @Test
  void whoComesLateHasTimeToCatchUp() throws Exception {
    EventLog log = log(new EventLog.Limits(20_000, LONG, 8 << 20));
    LogReader fast = requireNonNull(log.reader(0, () -> {}));
    write(log, fast, 1000);
    AtomicInteger dropped = new AtomicInteger();
    LogReader late = requireNonNull(log.reader(0, dropped::incrementAndGet));
    write(log, fast, 500);
    assertThat(dropped).hasValue(0);
    for (int i = 0; i < 1500; i++) {
      late.next(LONG);
    }
    write(log, fast, 10);
    assertThat(dropped).hasValue(0);
    write(log, fast, 500);
    assertThat(dropped).as("it had caught up, and fell behind again").hasValue(1);
  }

  @Test
  void whoComesLateAndDoesNotCatchUpIsDroppedAsWell() throws Exception {
    EventLog log = log(new EventLog.Limits(20_000, Duration.ofMillis(50), 8 << 20));
    LogReader fast = requireNonNull(log.reader(0, () -> {}));
    write(log, fast, 1000);
    AtomicInteger dropped = new AtomicInteger();
    LogReader late = requireNonNull(log.reader(0, dropped::incrementAndGet));
    while (dropped.get() == 0) {
      write(log, fast, 1);
    }
    assertThat(late.closed()).isTrue();
    assertThat(fast.closed()).isFalse();
  }

  /** Adds events that one reader reads at once. */
  private static void write(EventLog log, LogReader reader, int events)
      throws InterruptedException {
    for (int i = 0; i < events; i++) {
      log.append(new Text(LONG_PIECE));
      requireNonNull(reader.next(LONG));
    }
  }

  @Test
  void whatIsTooOldIsNoLongerKept() throws Exception {
    EventLog log = log(new EventLog.Limits(1 << 20, LONG, 20_000));
    for (int i = 0; i < 20_000; i++) {
      log.append(new Text("0123456789"));
    }
    assertThat(log.reader(0, () -> {})).isNull();
    assertThat(log.reader(19_999, () -> {})).isNotNull();
    assertThat(log.kept()).isLessThan(200_000);
  }

  @Test
  void nothingComesAfterTheEnd() throws Exception {
    EventLog log = log(EventLog.Limits.waiting(LONG));
    LogReader reader = requireNonNull(log.reader(0, () -> {}));
    log.end(END);
    log.end(END);

    assertThat(read(reader)).containsExactly(END);
    assertThat(reader.next(Duration.ZERO)).isNull();
    reader.close();
    assertThat(deserted).hasValue(0);
  }

  private EventLog log(EventLog.Limits limits) {
    return new EventLog(limits, deserted::incrementAndGet);
  }

  private static List<AnswerEvent> read(LogReader reader) throws InterruptedException {
    List<AnswerEvent> events = new ArrayList<>();
    AnswerEvent event;
    do {
      event = requireNonNull(reader.next(LONG));
      events.add(event);
    } while (!(event instanceof AnswerEvent.Ending));
    return events;
  }
}
