package dev.ragstream.cli;

import dev.ragstream.ingest.IndexEvent.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** How far a run is, at what rate, and how long it will still take. */
final class ProgressLine {

  private static final Duration BAR_EVERY = Duration.ofMillis(100);
  private static final Duration LINE_EVERY = Duration.ofSeconds(10);
  private static final String ERASE_LINE = "\r\u001b[2K";
  private static final int BAR_WIDTH = 24;

  private final PrintStream err;
  private final boolean terminal;
  private final int columns;
  private final LongSupplier nanoTime;
  private final long start;
  private long last;
  private boolean shown;

  ProgressLine(Console console, LongSupplier nanoTime) {
    this.err = console.err();
    this.terminal = console.terminals().err();
    this.columns = console.columns();
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.last = start;
  }

  /** Shows it, if it is time to. */
  void show(Progress progress) {
    long now = nanoTime.getAsLong();
    if (now - last < (terminal ? BAR_EVERY : LINE_EVERY).toNanos()) {
      return;
    }
    last = now;
    String text = text(progress, (now - start) / 1e9);
    if (terminal) {
      String line = bar(progress) + " " + text;
      err.print(ERASE_LINE + line.substring(0, Math.min(line.length(), columns - 1)));
      err.flush();
      shown = true;
    } else {
      err.println(text);
    }
  }

  /** Makes room for another line. */
  void clear() {
    if (shown) {
      err.print(ERASE_LINE);
      shown = false;
    }
  }

  private static String text(Progress progress, double seconds) {
    double share = share(progress);
    String left = share > 0 ? ", " + time(seconds * (1 - share) / share) + " left" : "";
    return String.format(
        Locale.ROOT,
        "%3.0f %%  %d chunks, %.1f/s%s",
        100 * share,
        progress.chunks(),
        progress.chunks() / Math.max(seconds, 0.001),
        left);
  }

  private static String bar(Progress progress) {
    int full = (int) Math.round(share(progress) * BAR_WIDTH);
    return "█".repeat(full) + "░".repeat(BAR_WIDTH - full);
  }

  private static double share(Progress progress) {
    return progress.bytesTotal() == 0
        ? 1
        : Math.min(1, (double) progress.bytesDone() / progress.bytesTotal());
  }

  private static String time(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60
        ? whole + " s"
        : String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60);
  }
}
