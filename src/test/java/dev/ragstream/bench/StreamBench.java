package dev.ragstream.bench;

import dev.ragstream.bench.StreamBenchmark.Content;
import dev.ragstream.model.ProviderFixture;
import dev.ragstream.model.ProviderFixtures;
import java.util.Collection;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What relaying a delta costs, by JMH, for each provider: time, memory, and the think tags' share.
 */
final class StreamBench {

  /** Allocated bytes for each operation, as the profiler calls them. */
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private StreamBench() {}

  public static void main(String[] args) throws RunnerException {
    System.out.printf(
        "%-22s %14s %14s %14s %9s %16s%n",
        "", "deltas/cpu s", "cpu ns/delta", "wall ns/delta", "B/delta", "think tags add");
    for (ProviderFixture provider : ProviderFixtures.all()) {
      RunResult text = run(provider, Content.TEXT);
      double nanos = cpuNanos(text);
      System.out.printf(
          "%-22s %14.0f %14.0f %14.0f %9.0f %15.0f%%%n",
          provider.name(),
          1e9 / nanos,
          nanos,
          text.getPrimaryResult().getScore(),
          secondary(text, ALLOCATED),
          100 * addedByTags(provider));
    }
  }

  /** The same pieces once with the reasoning in a field of its own, once between tags. */
  private static double addedByTags(ProviderFixture provider) throws RunnerException {
    double own = cpuNanos(run(provider, Content.REASONING));
    double tags = cpuNanos(run(provider, Content.THINK_TAGS));
    return tags / own - 1;
  }

  private static double cpuNanos(RunResult result) {
    return secondary(result, CpuTimeProfiler.NANOS);
  }

  private static double secondary(RunResult result, String name) {
    return Objects.requireNonNull(result.getSecondaryResults().get(name)).getScore();
  }

  private static RunResult run(ProviderFixture provider, Content content) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(StreamBenchmark.class.getName())
            .param("provider", provider.name())
            .param("content", content.name())
            .addProfiler(GCProfiler.class)
            .addProfiler(CpuTimeProfiler.class)
            .jvmArgsAppend("-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow")
            .verbosity(VerboseMode.SILENT)
            .build();
    Collection<RunResult> results = new Runner(options).run();
    return results.iterator().next();
  }
}
