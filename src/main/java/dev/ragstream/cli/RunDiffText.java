package dev.ragstream.cli;

import dev.ragstream.cli.RunDiff.Pair;
import dev.ragstream.core.Timings;
import dev.ragstream.journal.Run;
import dev.ragstream.render.AnswerFacts;
import dev.ragstream.render.PromptText;
import dev.ragstream.render.Style;
import dev.ragstream.render.TerminalText;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What differs between two runs, for people. */
final class RunDiffText {

  private static final int LONGEST_CELL = 32;
  private static final String SAME = "the same\n";

  private final RunDiff diff;
  private final Style style;
  private final StringBuilder text = new StringBuilder();

  private RunDiffText(RunDiff diff, Style style) {
    this.diff = diff;
    this.style = style;
  }

  static String of(RunDiff diff, Style style) {
    return new RunDiffText(diff, style).text();
  }

  private String text() {
    facts();
    heading("settings");
    settings();
    heading("passages");
    passages();
    heading("prompt");
    prompts();
    heading("answer");
    lines(diff.answer());
    return text.toString();
  }

  private void facts() {
    row("run", Run::id);
    row("time", run -> RunTable.time(run.started()));
    row("model", run -> run.start().model());
    row("ending", run -> RunTable.ending(run.ending().orElse(null)));
    row("passages", run -> run.prompt().map(prompt -> "" + prompt.excerpts().size()).orElse("–"));
    row(
        "prompt",
        run -> run.prompt().map(prompt -> prompt.ledger().total() + " tokens").orElse("–"));
    row("tokens", run -> RunTable.tokens(RunDiff.usage(run)));
    row("retrieval", run -> time(run, Timings::retrievalMillis));
    row("first text", run -> time(run, Timings::firstTextMillis));
    row("total", run -> time(run, Timings::totalMillis));
  }

  private static String time(Run run, Function<Timings, Long> part) {
    Timings timings = RunTable.timings(run.ending().orElse(null));
    return timings == null || part.apply(timings) < 0 ? "–" : AnswerFacts.time(part.apply(timings));
  }

  private void row(String name, Function<Run, String> value) {
    row(name, value.apply(diff.a()), value.apply(diff.b()));
  }

  private void row(String name, String first, String second) {
    String safe = TerminalText.oneLine(first);
    int width = Math.max(LONGEST_CELL, safe.length());
    String line =
        String.format(
            Locale.ROOT, "%-12s%-" + width + "s  %s", name, safe, TerminalText.oneLine(second));
    text.append(line.stripTrailing()).append('\n');
  }

  private void settings() {
    List<Pair<String>> differing = diff.settings();
    if (differing.isEmpty()) {
      text.append(SAME);
    }
    for (Pair<String> pair : differing) {
      text.append(
          "%s: %s → %s\n"
              .formatted(
                  TerminalText.oneLine(pair.name()),
                  TerminalText.oneLine(Objects.requireNonNullElse(pair.a(), "not set")),
                  TerminalText.oneLine(Objects.requireNonNullElse(pair.b(), "not set"))));
    }
  }

  /** Which number each passage has in either run. */
  private void passages() {
    List<Pair<Integer>> passages = diff.passages();
    if (passages.stream().allMatch(Pair::same)) {
      text.append(passages.isEmpty() ? "none\n" : SAME);
      return;
    }
    text.append("   a    b\n");
    passages.forEach(pair ->
        text.append(
            String.format(
                Locale.ROOT,
                "%4s %4s  %s\n",
                number(pair.a()),
                number(pair.b()),
                TerminalText.oneLine(pair.name()))));
  }

  private static String number(@Nullable Integer number) {
    return number == null ? "–" : number.toString();
  }

  private void prompts() {
    boolean a = diff.a().prompt().isPresent();
    boolean b = diff.b().prompt().isPresent();
    if (a && b) {
      lines(diff.prompt());
    } else {
      text.append(a ? "none in b\n" : b ? "none in a\n" : "none\n");
    }
  }

  private void lines(List<String> lines) {
    if (lines.isEmpty()) {
      text.append(SAME);
    }
    lines.forEach(line -> text.append(coloured(TerminalText.safe(line))).append('\n'));
  }

  private String coloured(String line) {
    return switch (line.isBlank() ? ' ' : line.strip().charAt(0)) {
      case '+' -> style.green(line);
      case '-' -> style.red(line);
      default -> line;
    };
  }

  private void heading(String name) {
    text.append('\n').append(PromptText.rule(name, style));
  }
}
