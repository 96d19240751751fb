package dev.ragstream.cli;

import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.Message;
import dev.ragstream.core.Timings;
import dev.ragstream.core.Usage;
import dev.ragstream.journal.Run;
import dev.ragstream.render.AnswerFacts;
import dev.ragstream.render.FailureText;
import dev.ragstream.render.PromptText;
import dev.ragstream.render.Style;
import dev.ragstream.render.TerminalText;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One run for people. */
final class RunText {

  private final Run run;
  private final Style style;
  private final StringBuilder text = new StringBuilder();

  private RunText(Run run, Style style) {
    this.run = run;
    this.style = style;
  }

  static String of(Run run, Style style) {
    return new RunText(run, style).text();
  }

  private String text() {
    row("run", run.id() + ", " + RunTable.time(run.started()));
    row("model", TerminalText.oneLine(run.start().model()));
    Ending ending = run.ending().orElse(null);
    row("ending", RunTable.ending(ending) + reason(ending));
    if (ending instanceof Completed completed && !completed.usage().equals(Usage.UNKNOWN)) {
      row("tokens", AnswerFacts.tokens(completed.usage()));
    }
    Timings timings = RunTable.timings(ending);
    if (timings != null) {
      row("time", AnswerFacts.times(timings));
    }
    for (Message message : run.start().question().history()) {
      part("before: " + message.role().name().toLowerCase(Locale.ROOT), message.content());
    }
    part("question", run.start().question().text());
    List<Integer> citations =
        ending instanceof Completed completed ? completed.citations() : List.of();
    run.prompt()
        .ifPresent(prompt -> {
          if (!prompt.excerpts().isEmpty()) {
            text.append('\n').append(PromptText.rule("sources", style));
            AnswerFacts.sources(prompt, citations, style)
                .forEach(line -> text.append(line).append('\n'));
          }
          text.append('\n').append(PromptText.ledger(prompt.ledger(), style));
        });
    part("reasoning", run.reasoning());
    part("answer", run.answer());
    if (ending instanceof Completed completed && completed.unread() != null) {
      text.append('\n')
          .append(
              FailureText.warning(
                  completed.unread().problem(), completed.unread().remedy(), style));
    }
    if (ending instanceof Failed failed) {
      text.append('\n').append(FailureText.of(failed.failure(), style));
    }
    return text.toString();
  }

  private static String reason(@Nullable Ending ending) {
    return switch (ending) {
      case null -> ": it goes on, or its process was ended";
      case Completed completed ->
          completed.finishReason().equals("stop")
              ? ""
              : ": " + TerminalText.oneLine(completed.finishReason());
      case Cancelled _, Failed _ -> "";
    };
  }

  private void row(String name, String value) {
    text.append(String.format(Locale.ROOT, "%-8s%s\n", name, value));
  }

  private void part(String name, String content) {
    if (!content.isEmpty()) {
      text.append('\n').append(PromptText.rule(name, style));
      text.append(style.wrapped(TerminalText.safe(content.stripTrailing()), "")).append('\n');
    }
  }
}
