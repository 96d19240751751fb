package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import dev.ragstream.config.FlagValue;
import dev.ragstream.config.ModelName;
import dev.ragstream.config.Settings;
import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.Pipeline;
import dev.ragstream.core.Question;
import dev.ragstream.journal.Recording;
import dev.ragstream.render.AnswerText;
import dev.ragstream.render.EventJson;
import dev.ragstream.render.FailureText;
import dev.ragstream.render.MarkdownText;
import dev.ragstream.render.ReasoningView;
import dev.ragstream.render.Style;
import dev.ragstream.render.TextView;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import picocli.CommandLine.Option;

/** How an answer is shown and whether it is kept: the options of every command that answers. */
final class AnswerOptions {

  @Option(names = "--no-stream", description = "Print the answer when it is whole.")
  private boolean noStream;

  @Option(names = "--json", description = "One event per line, as JSON, on stdout.")
  private boolean json;

  @Option(
      names = {"-R", "--hide-reasoning"},
      description = "Leave out what the model thinks aloud.")
  private boolean hideReasoning;

  @Option(names = "--no-log", description = "Do not keep this run (journal.enabled).")
  private boolean noLog;

  @Option(
      names = "--no-markdown",
      description = "Print the answer as the model wrote it, at a terminal too (output.markdown).")
  private boolean noMarkdown;

  boolean json() {
    return json;
  }

  List<FlagValue> flags() {
    List<FlagValue> flags = new ArrayList<>();
    RetrievalOptions.add(flags, "--no-log", "journal.enabled", noLog ? "false" : null);
    RetrievalOptions.add(flags, "--no-markdown", "output.markdown", noMarkdown ? "false" : null);
    return flags;
  }

  /** What {@link Pipeline#answer} does, or that with something around it. */
  @FunctionalInterface
  interface Answering {

    Ending answer(Question question, Consumer<? super AnswerEvent> reader);
  }

  /** Answers, and returns the exit code. */
  int show(RootCommand root, Assembly assembly, Answering answering, Question question) {
    ModelName model = assembly.settings().llm().model();
    Consumer<AnswerEvent> view = reader(root, assembly.settings());
    Consumer<AnswerEvent> reader =
        event -> {
          if (event instanceof PromptBuilt) {
            heedInterrupt(root);
            tellWhatAnswers(root, model, "-m");
          }
          view.accept(event);
        };
    Recording recording = assembly.history().recording(question);
    if (root.verbose()) {
      recording.id().ifPresent(id -> root.notice("run " + id));
    }
    Ending ending = recording.answer(reader, events -> answering.answer(question, events));
    trace(root, ending);
    return ExitCode.of(ending);
  }

  /** With {@code -v}, where a failure came from. */
  static void trace(RootCommand root, Ending ending) {
    if (root.verbose() && ending instanceof Failed failed && failed.cause() != null) {
      root.invocation().console().err().print(FailureText.trace(failed.cause()));
    }
  }

  /** Shows the events of one answer as the options say. */
  Consumer<AnswerEvent> reader(RootCommand root, Settings settings) {
    Console console = root.invocation().console();
    PrintStream out = console.out();
    if (json) {
      return event -> {
        out.println(EventJson.line(event));
        requireReader(out);
      };
    }
    Style style = root.linking(root.errorStyle(), settings);
    AnswerText text =
        new AnswerText(
            console.err(),
            style,
            options(root, settings),
            view(root, settings, console::columns),
            hideReasoning ? ReasoningView.none() : ReasoningView.streamed(console.err(), style));
    return event -> {
      text.accept(event);
      requireReader(out);
    };
  }

  /**
   * The same, all of it at one terminal.
   *
   * @param folded what shows the reasoning
   */
  Consumer<AnswerEvent> atTerminal(
      RootCommand root, Settings settings, IntSupplier columns, ReasoningView folded) {
    PrintStream out = root.invocation().console().out();
    return new AnswerText(
        out,
        root.linking(root.style().within(columns.getAsInt()), settings),
        options(root, settings),
        view(root, settings, columns),
        hideReasoning ? ReasoningView.none() : folded);
  }

  private static TextView view(RootCommand root, Settings settings, IntSupplier columns) {
    PrintStream out = root.invocation().console().out();
    return settings.output().markdown() && root.style().ansi()
        ? new MarkdownText(out, root.style(), columns)
        : TextView.plain(out);
  }

  private AnswerText.Options options(RootCommand root, Settings settings) {
    String model = settings.llm().model().toString();
    return new AnswerText.Options(model, !noStream, !hideReasoning, root.quiet());
  }

  /**
   * An interrupt that came while a library was at work may have been lost in its hands; before the
   * model is asked, it counts all the same.
   */
  private static void heedInterrupt(RootCommand root) {
    if (root.invocation().interrupted().getAsBoolean()) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Says so where no model is configured that writes answers, and whether it did.
   *
   * @param remedy what names one
   */
  static boolean tellWhatAnswers(RootCommand root, ModelName model, String remedy) {
    boolean extractive = model.provider() == ModelName.Provider.EXTRACTIVE;
    if (extractive) {
      root.notice(
          root.errorStyle()
              .dim(
                  "no LLM is configured: showing the best sentences of the passages (see "
                      + remedy
                      + ")"));
    }
    return extractive;
  }

  /** Flushes; where whoever read stdout has left, there is nobody to answer. */
  private static void requireReader(PrintStream out) {
    if (out.checkError()) {
      throw new UncheckedIOException(new IOException("stdout is closed"));
    }
  }
}
