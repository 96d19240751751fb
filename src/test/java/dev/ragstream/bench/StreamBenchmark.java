package dev.ragstream.bench;

import dev.ragstream.core.ChatModel;
import dev.ragstream.model.HttpChatModel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** From the bytes of a stream to the pieces that its reader gets, on one thread; per delta. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(StreamBenchmark.DELTAS)
@Warmup(iterations = 12, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
@NullUnmarked // JMH fills the fields
public class StreamBenchmark {

  static final int DELTAS = 10_000;

  /** What the stream holds. */
  public enum Content {
    TEXT,
    REASONING,
    THINK_TAGS
  }

  @Param("OpenAI")
  private String provider;

  @Param("TEXT")
  private Content content;

  private HttpChatModel model;

  @Setup(Level.Trial)
  public void makeStream() {
    StreamOfProvider stream = StreamOfProvider.named(provider);
    byte[] bytes =
        switch (content) {
          case TEXT -> stream.text(DELTAS);
          case REASONING -> stream.reasoning(DELTAS);
          case THINK_TAGS -> stream.thinkTags(DELTAS);
        };
    String type = stream.provider().contentType();
    model = stream.model((_, _) -> new BytesBody(bytes, type));
  }

  /** Relays one answer. */
  @Benchmark
  public ChatModel.Finish relay(Blackhole blackhole) throws InterruptedException {
    return model.stream(
        StreamOfProvider.PROMPT,
        new ChatModel.Reader() {
          @Override
          public void reasoning(String piece) {
            blackhole.consume(piece);
          }

          @Override
          public void text(String piece) {
            blackhole.consume(piece);
          }
        });
  }
}
