package dev.ragstream.render;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Excerpt;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Timings;
import dev.ragstream.core.Usage;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows an answer to people: the answer itself on one stream as it comes, and on the other the
 * reasoning, the sources, the timings and what went wrong.
 */
public final class AnswerText implements Consumer<AnswerEvent> {

  private final PrintStream out;
  private final PrintStream err;
  private final Style style;
  private final Options options;
  private final StringBuilder held = new StringBuilder();
  private @Nullable Prompt prompt;
  private boolean reasoning;
  private boolean lineOpen;

  /**
   * What to show.
   *
   * @param model its name, for the last line
   * @param streamed whether pieces are printed as they come, rather than the whole at its end
   * @param showsReasoning whether what the model thinks aloud is printed
   * @param quiet whether the sources and timings are left out
   */
  public record Options(String model, boolean streamed, boolean showsReasoning, boolean quiet) {}

  public AnswerText(PrintStream out, PrintStream err, Style style, Options options) {
    this.out = out;
    this.err = err;
    this.style = style;
    this.options = options;
  }

  @Override
  public void accept(AnswerEvent event) {
    switch (event) {
      case Retrieved _ -> {}
      case PromptBuilt(Prompt built) -> built(built);
      case Reasoning(String text) -> reasoning(text);
      case Text(String text) -> text(text);
      case Completed completed -> completed(completed);
      case Cancelled(Timings _) -> {
        endAnswer();
        err.println(style.yellow("cancelled"));
      }
      case Failed failed -> {
        endAnswer();
        err.print(FailureText.of(failed.failure(), style));
      }
    }
  }

  private void built(Prompt built) {
    prompt = built;
    if (built.ledger().nothingFits()) {
      err.println(
          style.yellow("warning:")
              + " no passage fits into the prompt: raise prompt.budget (--budget) or lower"
              + " prompt.reserve");
    }
  }

  private void reasoning(String text) {
    if (options.showsReasoning()) {
      err.print(style.dim(TerminalText.safe(text)));
      err.flush();
      reasoning = true;
    }
  }

  private void text(String text) {
    endReasoning();
    if (!options.streamed()) {
      held.append(text);
      return;
    }
    out.print(TerminalText.safe(text));
    out.flush();
    lineOpen = !text.endsWith("\n");
  }

  private void completed(Completed completed) {
    endAnswer();
    if (!options.quiet()) {
      err.println();
      sources(completed.citations());
      err.println(style.dim(summary(completed)));
    }
  }

  private void endReasoning() {
    if (reasoning) {
      err.println();
      err.println();
      reasoning = false;
    }
  }

  private void endAnswer() {
    endReasoning();
    if (!held.isEmpty()) {
      out.print(TerminalText.safe(held.toString()));
      lineOpen = held.charAt(held.length() - 1) != '\n';
      held.setLength(0);
    }
    if (lineOpen) {
      out.println();
      lineOpen = false;
    }
    out.flush();
  }

  /** The cited passages first; the others were read as well, so they are shown, but dimmed. */
  private void sources(List<Integer> citations) {
    if (prompt == null) {
      return;
    }
    for (Excerpt excerpt : prompt.excerpts()) {
      int n = excerpt.passage().n();
      String line =
          "["
              + n
              + "] "
              + TerminalText.oneLine(excerpt.passage().chunk().source())
              + title(excerpt.passage().chunk().title());
      err.println(citations.contains(n) ? line : style.dim(line + " (not cited)"));
    }
  }

  private static String title(String title) {
    return title.isEmpty() ? "" : " — " + TerminalText.oneLine(title);
  }

  private String summary(Completed completed) {
    Timings timings = completed.timings();
    StringBuilder line = new StringBuilder(TerminalText.oneLine(options.model()));
    line.append(" · retrieval ").append(seconds(timings.retrievalMillis()));
    if (timings.firstTextMillis() >= 0) {
      line.append(" · first text ").append(seconds(timings.firstTextMillis()));
    }
    line.append(" · total ").append(seconds(timings.totalMillis()));
    Usage usage = completed.usage();
    if (!usage.equals(Usage.UNKNOWN)) {
      line.append(" · ")
          .append(usage.promptTokens())
          .append(" + ")
          .append(usage.completionTokens())
          .append(" tokens");
    }
    if (!completed.finishReason().equals("stop")) {
      line.append(" · finished: ").append(TerminalText.oneLine(completed.finishReason()));
    }
    return line.toString();
  }

  private static String seconds(long millis) {
    return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
