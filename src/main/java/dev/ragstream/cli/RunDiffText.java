package dev.ragstream.cli;

import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Timings;
import dev.ragstream.eval.GoldenPrompt;
import dev.ragstream.eval.PromptDiff;
import dev.ragstream.eval.TextDiff;
import dev.ragstream.journal.Run;
import dev.ragstream.render.AnswerFacts;
import dev.ragstream.render.PromptText;
import dev.ragstream.render.Style;
import dev.ragstream.render.TerminalText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What differs between two runs, for people. */
final class RunDiffText {

  private static final int LONGEST_CELL = 32;
  private static final String SAME = "the same\n";

  private final Run a;
  private final Run b;
  private final Style style;
  private final StringBuilder text = new StringBuilder();

  private RunDiffText(Run a, Run b, Style style) {
    this.a = a;
    this.b = b;
    this.style = style;
  }

  static String of(Run a, Run b, Style style) {
    return new RunDiffText(a, b, style).text();
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
    lines(TextDiff.lines(a.answer(), b.answer()));
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
    row(
        "tokens",
        run ->
            run.ending().orElse(null) instanceof Completed completed
                ? RunTable.tokens(completed.usage())
                : "–");
    row("retrieval", run -> time(run, Timings::retrievalMillis));
    row("first text", run -> time(run, Timings::firstTextMillis));
    row("total", run -> time(run, Timings::totalMillis));
  }

  private static String time(Run run, Function<Timings, Long> part) {
    Timings timings = RunTable.timings(run.ending().orElse(null));
    return timings == null || part.apply(timings) < 0 ? "–" : AnswerFacts.time(part.apply(timings));
  }

  private void row(String name, Function<Run, String> value) {
    row(name, value.apply(a), value.apply(b));
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
    Map<String, String> then = a.start().settings();
    Map<String, String> now = b.start().settings();
    Set<String> names = new TreeSet<>(then.keySet());
    names.addAll(now.keySet());
    List<String> differing =
        names.stream().filter(name -> !Objects.equals(then.get(name), now.get(name))).toList();
    if (differing.isEmpty()) {
      text.append(SAME);
    }
    for (String name : differing) {
      text.append(
          "%s: %s → %s\n"
              .formatted(
                  TerminalText.oneLine(name),
                  TerminalText.oneLine(then.getOrDefault(name, "not set")),
                  TerminalText.oneLine(now.getOrDefault(name, "not set"))));
    }
  }

  /** Which number each passage has in either run. */
  private void passages() {
    Map<String, Integer> then = numbers(a);
    Map<String, Integer> now = numbers(b);
    if (then.equals(now)) {
      text.append(then.isEmpty() ? "none\n" : SAME);
      return;
    }
    Map<String, Integer> either = new LinkedHashMap<>(then);
    either.putAll(now);
    text.append("   a    b\n");
    either.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .forEach(id ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%4s %4s  %s\n",
                    number(then, id),
                    number(now, id),
                    TerminalText.oneLine(id))));
  }

  private static String number(Map<String, Integer> numbers, String id) {
    Integer number = numbers.get(id);
    return number == null ? "–" : number.toString();
  }

  private static Map<String, Integer> numbers(Run run) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    run.retrieval()
        .ifPresent(found ->
            found.passages().forEach(passage -> numbers.put(passage.chunk().id(), passage.n())));
    return numbers;
  }

  private void prompts() {
    if (a.prompt().isEmpty() || b.prompt().isEmpty()) {
      boolean both = a.prompt().isEmpty() && b.prompt().isEmpty();
      text.append(both ? "none\n" : a.prompt().isEmpty() ? "none in a\n" : "none in b\n");
      return;
    }
    Prompt then = a.prompt().get();
    Prompt now = b.prompt().get();
    if (!then.template().equals(now.template())) {
      text.append(
          "template: %s → %s\n"
              .formatted(
                  TerminalText.oneLine(then.template()), TerminalText.oneLine(now.template())));
    }
    lines(PromptDiff.between(GoldenPrompt.of(then), GoldenPrompt.of(now)));
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
