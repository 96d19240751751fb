package dev.ragstream.journal;

import java.util.List;

/**
 * Port: what was asked and what came of it, run by run. Several threads and processes may use one
 * journal. Every method throws a {@link dev.ragstream.core.FailureException} of kind {@code
 * JOURNAL} where it cannot be read or written.
 */
public interface RunJournal extends AutoCloseable {

  /**
   * Begins a run, which counts as unfinished until its ending is added.
   *
   * @return its id: short, in lower case, later ones sort after earlier ones
   */
  String begin(RunStart start);

  /** Adds what happened next, as a whole or not at all. */
  void add(String id, List<TimedEvent> events);

  /** Does several things in one go, which costs less. */
  void together(Runnable writes);

  /** Runs, the newest first. */
  List<RunSummary> runs(RunQuery wanted);

  /**
   * One run.
   *
   * @param reference its id or a beginning of it, or {@code last}, or {@code last~2} for the one
   *     two before that
   * @throws dev.ragstream.core.FailureException of kind {@code USAGE} where that is no run, or
   *     several
   */
  Run run(String reference);

  /**
   * Removes runs for good.
   *
   * @return what was removed, the newest first
   */
  List<RunSummary> remove(Removal removal);

  /** What {@link #remove} would remove. */
  List<RunSummary> removable(Removal removal);

  @Override
  void close();
}
