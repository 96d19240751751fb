package dev.ragstream.cassette;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the pieces of a replayed answer come, by a clock that the test turns. */
class ReplayPaceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final List<String> told = new ArrayList<>();
  private Studio studio;

  /** An answer whose pieces came after 240, 300 and 1300 milliseconds, and its end after 1350. */
  @BeforeEach
  void recordAnAnswerWithTimes() throws IOException {
    studio = new Studio(folder.resolve("rain.jsonl"));
    studio.record(Studio.QUESTION, _ -> Spoken.of("x"));
    List<String> lines = new ArrayList<>(Files.readAllLines(studio.path));
    lines.set(1, lines.get(1).replace("in-process", "openai:test-model"));
    lines.set(
        4,
        """
        {"type":"request","method":"POST","url":"http://h/v1/chat/completions","baseUrl":"http://h/v1","body":{}}
        {"type":"response","at":230,"status":200,"contentType":"text/event-stream"}
        {"type":"bytes","at":240,"text":"data: {\\"choices\\":[{\\"delta\\":{\\"content\\":\\"A\\"}}]}\\n\\n"}
        {"type":"bytes","at":300,"text":"data: {\\"choices\\":[{\\"delta\\":{\\"content\\":\\"B\\"}}]}\\n\\ndata: "}
        {"type":"bytes","at":1300,"text":"{\\"choices\\":[{\\"delta\\":{\\"content\\":\\"C\\"},\\"finish_reason\\":\\"stop\\"}]}\\n\\n"}
        {"type":"end","at":1350,"how":"closed"}\
        """);
    Files.write(studio.path, lines);
  }

  @Test
  void inRealTimeEachPieceComesWhenItCame() {
    play(1, _ -> {});

    assertThat(told).containsExactly("A at 240", "B at 300", "C at 1300", "end at 1350");
  }

  @Test
  void atDoubleSpeedItTakesHalfTheTime() {
    play(2, _ -> {});

    assertThat(told).containsExactly("A at 120", "B at 150", "C at 650", "end at 675");
  }

  @Test
  void atOnceNothingIsWaitedFor() {
    play(Double.POSITIVE_INFINITY, _ -> {});

    assertThat(told).containsExactly("A at 0", "B at 0", "C at 0", "end at 0");
  }

  @Test
  void timeThatTheReaderTakesIsNotWaitedForAgain() {
    play(
        1,
        event -> {
          if (event instanceof Text) {
            nanos.addAndGet(Duration.ofMillis(100).toNanos());
          }
        });

    assertThat(told).containsExactly("A at 240", "B at 340", "C at 1300", "end at 1400");
  }

  @Test
  void anInterruptEndsTheWait() {
    CountDownLatch waiting = new CountDownLatch(2);
    Pace pace =
        new Pace(
            1,
            () -> 0,
            _ -> {
              waiting.countDown();
              if (waiting.getCount() == 0) {
                new CountDownLatch(1).await();
              }
            });
    CompletableFuture<Studio.Played> played = new CompletableFuture<>();
    Thread asking =
        Thread.ofVirtual()
            .start(() ->
                played.complete(studio.replay(Match.QUESTION, pace, Studio.QUESTION, _ -> {})));
    assertThat(
            CompletableFuture.runAsync(() -> {
              try {
                waiting.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            }))
        .succeedsWithin(PATIENCE);

    asking.interrupt();

    assertThat(played)
        .succeedsWithin(PATIENCE)
        .satisfies(run -> assertThat(run.ending()).isInstanceOf(Cancelled.class));
  }

  @Test
  void anInterruptEndsAnAnswerThatComesAtOnce() {
    Studio.Played played =
        studio.replay(
            Match.QUESTION,
            Studio.AT_ONCE,
            Studio.QUESTION,
            event -> {
              if (event instanceof Text) {
                Thread.currentThread().interrupt();
              }
            });

    assertThat(played.ending()).isInstanceOf(Cancelled.class);
    assertThat(played.answer()).isEqualTo("A");
  }

  private void play(double speed, Consumer<AnswerEvent> reader) {
    long start = nanos.get();
    Pace pace = new Pace(speed, nanos::get, duration -> nanos.addAndGet(duration.toNanos()));
    Studio.Played played =
        studio.replay(
            Match.QUESTION,
            pace,
            Studio.QUESTION,
            event -> {
              long at = Duration.ofNanos(nanos.get() - start).toMillis();
              switch (event) {
                case Text(String text) -> told.add(text + " at " + at);
                case Completed _ -> told.add("end at " + at);
                default -> {}
              }
              reader.accept(event);
            });
    assertThat(played.answer()).isEqualTo("ABC");
  }
}
