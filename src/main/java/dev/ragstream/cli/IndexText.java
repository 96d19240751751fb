package dev.ragstream.cli;

import dev.ragstream.ingest.IndexEvent;
import dev.ragstream.ingest.IndexEvent.Outcome;
import dev.ragstream.ingest.IndexEvent.Progress;
import dev.ragstream.ingest.IndexEvent.Settled;
import dev.ragstream.ingest.Report;
import dev.ragstream.render.Style;
import dev.ragstream.render.TerminalText;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Shows people how indexing goes, on stderr: a bar on a terminal, else a plain line now and then;
 * what was skipped or failed with its reason; the report at the end.
 */
final class IndexText implements Consumer<IndexEvent> {

  private final PrintStream err;
  private final Style style;
  private final Options options;
  private final ProgressLine progress;

  /** How much is told. */
  record Options(boolean quiet, boolean verbose, boolean dryRun, boolean rebuild) {}

  IndexText(Console console, Style style, Options options) {
    this.err = console.err();
    this.style = style;
    this.options = options;
    this.progress = new ProgressLine(console, System::nanoTime);
  }

  @Override
  public void accept(IndexEvent event) {
    switch (event) {
      case Progress now -> {
        if (!options.quiet()) {
          progress.show(now);
        }
      }
      case Settled(String source, Outcome outcome) -> settled(source, outcome);
      case Report report -> report(report);
    }
  }

  private void settled(String source, Outcome outcome) {
    switch (outcome) {
      case Outcome.Indexed indexed -> {
        if (options.dryRun() && !options.quiet()) {
          say("would index " + safe(source) + " (" + indexed.chunks() + " chunks)");
        } else if (options.verbose()) {
          say("indexed " + safe(source) + " (" + indexed.chunks() + " chunks)");
        }
        indexed.warnings().forEach(warning -> say(style.yellow("warning: ") + safe(warning)));
      }
      case Outcome.Unchanged() -> {
        if (options.verbose()) {
          say("unchanged " + safe(source));
        }
      }
      case Outcome.Skipped(String reason) -> {
        if (!options.quiet()) {
          say(style.yellow("skipped ") + safe(source) + ": " + safe(reason));
        }
      }
      case Outcome.Failed failed ->
          say(
              style.red("failed ")
                  + safe(source)
                  + ": "
                  + safe(failed.failure().problem())
                  + "\n  → "
                  + safe(failed.failure().remedy()));
      case Outcome.Removed() -> {
        if (!options.quiet()) {
          say((options.dryRun() ? "would remove " : "removed ") + safe(source));
        }
      }
    }
  }

  private void report(Report report) {
    progress.clear();
    if (options.quiet()) {
      return;
    }
    String counts =
        String.format(
            Locale.ROOT,
            "%s%d indexed (%d chunks), %d unchanged, %d skipped, %d failed%s in %.1f s",
            report.dryRun() ? "dry run: " : "",
            report.indexed(),
            report.chunks(),
            report.unchanged(),
            report.skipped(),
            report.failed(),
            report.removed() > 0 ? ", " + report.removed() + " removed" : "",
            report.took().toMillis() / 1000.0);
    err.println(report.failed() > 0 ? style.yellow(counts) : style.green(counts));
    if (report.interrupted()) {
      err.println(
          options.rebuild()
              ? "interrupted: the index is as it was; run the same command to begin again"
              : "interrupted: what was committed is kept; run the same command to go on");
    }
  }

  private void say(String line) {
    progress.clear();
    err.println(line);
  }

  private static String safe(String text) {
    return TerminalText.oneLine(text);
  }
}
