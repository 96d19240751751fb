package dev.ragstream.render;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Timings;
import java.io.PrintStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows an answer to people: the answer itself on one stream as it comes, and on the other the
 * reasoning, the sources, the timings and what went wrong.
 */
public final class AnswerText implements Consumer<AnswerEvent> {

  private final PrintStream err;
  private final Style style;
  private final Options options;
  private final TextView view;
  private final ReasoningView reasoning;
  private final StringBuilder held = new StringBuilder();
  private @Nullable Prompt prompt;
  private boolean answered;

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
    this(
        err,
        style,
        options,
        TextView.plain(out),
        options.showsReasoning() ? ReasoningView.streamed(err, style) : ReasoningView.none());
  }

  /** The same with views of its own; {@code err} takes all that they do not show. */
  public AnswerText(
      PrintStream err, Style style, Options options, TextView view, ReasoningView reasoning) {
    this.view = view;
    this.reasoning = reasoning;
    this.err = err;
    this.style = style;
    this.options = options;
  }

  @Override
  public void accept(AnswerEvent event) {
    switch (event) {
      case Retrieved _ -> {}
      case PromptBuilt(Prompt built) -> built(built);
      case Reasoning(String text) -> reasoning.add(text);
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

  private void text(String text) {
    reasoning.end();
    answered = true;
    if (!options.streamed()) {
      held.append(text);
      return;
    }
    view.add(text);
  }

  private void completed(Completed completed) {
    endAnswer();
    if (!answered) {
      err.print(
          FailureText.warning(
              "the model ended without a word of an answer (it finished with "
                  + completed.finishReason()
                  + ")",
              "ask again, or raise llm.options.maxTokens; where it happens every time, look at what"
                  + " the server sends: ask --record FILE keeps it",
              style));
    }
    if (completed.unread() != null) {
      err.print(
          FailureText.warning(completed.unread().problem(), completed.unread().remedy(), style));
    }
    if (!options.quiet()) {
      err.println();
      if (prompt != null) {
        AnswerFacts.sources(prompt, completed.citations(), style).forEach(err::println);
      }
      String summary = style.dim(AnswerFacts.summary(options.model(), completed));
      err.println(style.wrapped(summary, "  "));
    }
  }

  private void endAnswer() {
    reasoning.end();
    if (!held.isEmpty()) {
      view.add(held.toString());
      held.setLength(0);
    }
    view.end();
  }
}
