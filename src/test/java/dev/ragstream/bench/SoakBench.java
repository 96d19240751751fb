package dev.ragstream.bench;

import dev.ragstream.faults.Soak;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What fifty readers that stall do to a server and its other readers, and what ten thousand answers
 * in a row leave behind, half of them aborted: {@code FOLDER [SECONDS [ANSWERS]]}.
 */
final class SoakBench {

  private static final int READERS = 50;

  private SoakBench() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]));
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 60;
    int answers = args.length > 2 ? Integer.parseInt(args[2]) : 10_000;
    Soak.Stalled stalled =
        Soak.stalledReaders(
            Files.createTempDirectory(folder, "stalled"), READERS, Duration.ofSeconds(seconds));
    System.out.printf(
        "%d readers stall, others are read for %d s: heap grew by %.1f MB; 99 of 100 tokens of the"
            + " others at most %.1f ms late before, %.1f ms while they stalled; %d lost%n",
        READERS,
        seconds,
        stalled.heapGrowth() / 1048576.0,
        stalled.before(),
        stalled.during(),
        stalled.lost());
    long start = System.nanoTime();
    Soak.Many many = Soak.manyAnswers(Files.createTempDirectory(folder, "many"), answers);
    System.out.printf(
        "%d answers in a row in %d s, %d aborted, %d aborts seen upstream%n  before %s%n  after %s%n",
        answers,
        Duration.ofNanos(System.nanoTime() - start).toSeconds(),
        many.aborted(),
        many.seenUpstream(),
        many.before(),
        many.after());
  }
}
