package dev.ragstream.ingest;

import dev.ragstream.ingest.IndexEvent.Outcome;
import java.time.Duration;

/**
 * The end of a run.
 *
 * @param chunks how many were put into the store
 * @param interrupted whether it was ended early; what was committed until then stands
 * @param dryRun whether it only told what it would do
 */
public record Report(
    int indexed,
    int unchanged,
    int skipped,
    int failed,
    int removed,
    long chunks,
    Duration took,
    boolean interrupted,
    boolean dryRun)
    implements IndexEvent {

  /** Adds up what became of the files. */
  static final class Tally {

    private int indexed;
    private int unchanged;
    private int skipped;
    private int failed;
    private int removed;
    private long chunks;

    void count(Outcome outcome) {
      switch (outcome) {
        case Outcome.Indexed now -> {
          indexed++;
          chunks += now.chunks();
        }
        case Outcome.Unchanged _ -> unchanged++;
        case Outcome.Skipped _ -> skipped++;
        case Outcome.Failed _ -> failed++;
        case Outcome.Removed _ -> removed++;
      }
    }

    Report report(Duration took, boolean interrupted, boolean dryRun) {
      return new Report(
          indexed, unchanged, skipped, failed, removed, chunks, took, interrupted, dryRun);
    }
  }
}
