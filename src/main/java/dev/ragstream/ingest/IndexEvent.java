package dev.ragstream.ingest;

import dev.ragstream.core.Failure;
import java.util.List;

/**
 * What happens while documents are indexed, for whoever shows it; the last one is a {@link Report}.
 */
public sealed interface IndexEvent permits IndexEvent.Progress, IndexEvent.Settled, Report {

  /**
   * How far the run is.
   *
   * @param bytesDone of the files that were found, those in work counted in part
   * @param bytesTotal of all files that were found
   * @param chunks how many were embedded until now
   */
  record Progress(long bytesDone, long bytesTotal, long chunks) implements IndexEvent {}

  /** What became of one file. */
  record Settled(String source, Outcome outcome) implements IndexEvent {}

  /** What can become of a file. */
  sealed interface Outcome {

    /**
     * It is in the store (in a dry run: it would be).
     *
     * @param replaced whether an older version of it was there
     * @param warnings what of it could not be read
     */
    record Indexed(int chunks, boolean replaced, List<String> warnings) implements Outcome {

      public Indexed {
        warnings = List.copyOf(warnings);
      }
    }

    /** It is in the store as it is. */
    record Unchanged() implements Outcome {}

    /** It was left out for a reason, which is no failure. */
    record Skipped(String reason) implements Outcome {}

    /** It could not be read; an older version stays in the store. */
    record Failed(Failure failure) implements Outcome {}

    /** It is gone from the disk, and now (in a dry run: would be) from the store. */
    record Removed() implements Outcome {}
  }
}
