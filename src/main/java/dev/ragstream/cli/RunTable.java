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
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Runs as a table, a line for each. */
final class RunTable {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

  private static final int SHORTEST_QUESTION = 20;
  private static final String GAP = "  ";

  private RunTable() {}

  /** A column beside the question. */
  private record Column(String name, Function<RunSummary, String> cell) {}

  /** In order. */
  private static final List<Column> ALL =
      List.of(
          new Column("id", RunSummary::id),
          new Column("time", run -> time(run.started())),
          new Column("model", run -> TerminalText.oneLine(run.model())),
          new Column("ending", run -> ending(run.ending())),
          new Column(
              "tokens",
              run -> run.ending() instanceof Completed completed ? tokens(completed.usage()) : "–"),
          new Column("total", run -> total(run.ending())));

  /** What gives way to the question, one after the other. */
  private static final List<UnaryOperator<List<Column>>> CONCESSIONS =
      List.of(
          all -> with(all, new Column("model", run -> model(run, 28))),
          all -> with(all, new Column("model", run -> model(run, 20))),
          all -> with(all, new Column("model", run -> model(run, 12))),
          all -> without(all, "tokens"),
          all -> with(all, new Column("time", run -> MINUTES.format(run.started()))),
          all -> without(all, "total"),
          all -> without(all, "model"),
          all -> without(all, "ending"));

  /**
   * The table, with a heading.
   *
   * @param width that its lines may take; where it is little, the least important columns are left
   *     out, and the question is cut
   */
  static String of(List<RunSummary> runs, int width) {
    List<Column> columns = ALL;
    int wanted =
        Math.min(
            SHORTEST_QUESTION,
            runs.stream().mapToInt(run -> TextWidth.of(question(run))).max().orElse(0));
    for (UnaryOperator<List<Column>> concession : CONCESSIONS) {
      if (width - taken(columns, runs) >= wanted) {
        break;
      }
      columns = concession.apply(columns);
    }
    return text(columns, runs, Math.max(1, width - taken(columns, runs)));
  }

  private static List<Column> with(List<Column> columns, Column other) {
    return columns.stream().map(each -> each.name().equals(other.name()) ? other : each).toList();
  }

  private static List<Column> without(List<Column> columns, String name) {
    return columns.stream().filter(each -> !each.name().equals(name)).toList();
  }

  private static int taken(List<Column> columns, List<RunSummary> runs) {
    return columns.stream().mapToInt(each -> width(each, runs) + GAP.length()).sum();
  }

  private static int width(Column column, List<RunSummary> runs) {
    return runs.stream()
        .mapToInt(run -> TextWidth.of(column.cell().apply(run)))
        .reduce(column.name().length(), Math::max);
  }

  private static String text(List<Column> columns, List<RunSummary> runs, int room) {
    StringBuilder heading = new StringBuilder();
    List<StringBuilder> lines = runs.stream().map(_ -> new StringBuilder()).toList();
    for (Column column : columns) {
      int width = width(column, runs);
      pad(heading, column.name(), width);
      for (int i = 0; i < lines.size(); i++) {
        pad(lines.get(i), column.cell().apply(runs.get(i)), width);
      }
    }
    StringBuilder table = heading.append("question\n");
    for (int i = 0; i < lines.size(); i++) {
      table.append(lines.get(i)).append(TextWidth.cut(question(runs.get(i)), room)).append('\n');
    }
    return table.toString();
  }

  private static void pad(StringBuilder line, String cell, int width) {
    line.append(cell).repeat(' ', width - TextWidth.of(cell)).append(GAP);
  }

  private static String question(RunSummary run) {
    return TerminalText.oneLine(run.question());
  }

  private static String model(RunSummary run, int longest) {
    return TextWidth.cut(TerminalText.oneLine(run.model()), longest);
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
