package dev.ragstream.cli;

import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.Timings;
import dev.ragstream.core.Usage;
import dev.ragstream.journal.RunSummary;
import dev.ragstream.render.AnswerFacts;
import dev.ragstream.render.TerminalText;
import dev.ragstream.render.TextWidth;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Runs as a table, a line for each. */
final class RunTable {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private static final int LONGEST_MODEL = 28;
  private static final int SHORTEST_MODEL = 12;
  private static final int SHORTEST_QUESTION = 20;

  /** What all columns but that of the model usually take. */
  private static final int OTHERS = 80;

  private RunTable() {}

  /**
   * The table, with a heading.
   *
   * @param width columns of the terminal; the question is cut to fit
   */
  static String of(List<RunSummary> runs, int width) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("id", "time", "model", "ending", "tokens", "total", "question"));
    int model = Math.clamp((long) width - OTHERS, SHORTEST_MODEL, LONGEST_MODEL);
    runs.forEach(run -> rows.add(cells(run, model)));
    int[] widths = new int[rows.getFirst().size() - 1];
    for (int column = 0; column < widths.length; column++) {
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], TextWidth.of(row.get(column)));
      }
    }
    StringBuilder table = new StringBuilder();
    rows.forEach(row -> table.append(line(row, widths, width)));
    return table.toString();
  }

  private static String line(List<String> row, int[] widths, int width) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      line.append(cell).repeat(' ', widths[column] - TextWidth.of(cell) + 2);
    }
    int room = Math.max(SHORTEST_QUESTION, width - TextWidth.of(line.toString()));
    return line.append(TextWidth.cut(row.getLast(), room)).append('\n').toString();
  }

  private static List<String> cells(RunSummary run, int model) {
    return List.of(
        run.id(),
        time(run.started()),
        TextWidth.cut(TerminalText.oneLine(run.model()), model),
        ending(run.ending()),
        run.ending() instanceof Completed completed ? tokens(completed.usage()) : "–",
        total(run.ending()),
        TerminalText.oneLine(run.question()));
  }

  static String time(Instant instant) {
    return SECONDS.format(instant);
  }

  /** In a word. */
  static String ending(@Nullable Ending ending) {
    return switch (ending) {
      case null -> "unfinished";
      case Completed _ -> "completed";
      case Cancelled _ -> "cancelled";
      case Failed _ -> "failed";
    };
  }

  static @Nullable Timings timings(@Nullable Ending ending) {
    return switch (ending) {
      case null -> null;
      case Completed completed -> completed.timings();
      case Cancelled(Timings timings) -> timings;
      case Failed failed -> failed.timings();
    };
  }

  static String tokens(Usage usage) {
    return usage.equals(Usage.UNKNOWN) ? "–" : AnswerFacts.tokens(usage);
  }

  private static String total(@Nullable Ending ending) {
    Timings timings = timings(ending);
    return timings == null ? "–" : AnswerFacts.time(timings.totalMillis());
  }
}
