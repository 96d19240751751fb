package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import dev.ragstream.config.FlagValue;
import dev.ragstream.config.ModelName;
import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.Message;
import dev.ragstream.core.Question;
import dev.ragstream.render.AnswerText;
import dev.ragstream.render.EventJson;
import dev.ragstream.render.FailureText;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ask",
    header = "Answer a question from the indexed documents, as it streams.",
    description = "The answer goes to stdout; reasoning, sources and timings go to stderr.",
    footer = {
      "",
      "Examples:",
      "  ragstream ask \"Should I carry an umbrella?\"",
      "  ragstream ask -m openai:gpt-4o-mini \"When is the harbour bridge open?\"",
      "  cat letter.txt | ragstream ask --json \"Which office answers this?\""
    })
final class AskCommand implements Callable<Integer> {

  private final RootCommand root;

  @Parameters(
      paramLabel = "QUESTION",
      arity = "0..1",
      description = "What to ask; what is piped in is appended.")
  private @Nullable String question;

  @Mixin private PromptOptions prompt = new PromptOptions();

  @Mixin private RetrievalOptions retrieval = new RetrievalOptions();

  @Option(names = "--no-stream", description = "Print the answer when it is whole.")
  private boolean noStream;

  @Option(names = "--json", description = "One event per line, as JSON, on stdout.")
  private boolean json;

  @Option(
      names = {"-R", "--hide-reasoning"},
      description = "Leave out what the model thinks aloud.")
  private boolean hideReasoning;

  AskCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Console console = root.invocation().console();
    String asked = QuestionText.withInput(question, console);
    Path folder = root.invocation().workingFolder();
    List<Message> history = prompt.history(folder);
    List<FlagValue> flags = prompt.flags();
    flags.addAll(retrieval.flags());
    try (Assembly assembly = root.assembly(flags)) {
      Ending ending =
          assembly
              .pipeline(prompt.template(assembly, folder), retrieval.filter())
              .answer(
                  new Question(asked, history), reader(console, assembly.settings().llm().model()));
      if (root.verbose() && ending instanceof Failed failed && failed.cause() != null) {
        console.err().print(FailureText.trace(failed.cause()));
      }
      return ExitCode.of(ending);
    }
  }

  private Consumer<AnswerEvent> reader(Console console, ModelName model) {
    if (json) {
      PrintStream out = console.out();
      return event -> {
        tellWhatAnswers(event, model);
        out.println(EventJson.line(event));
        requireReader(out);
      };
    }
    AnswerText text =
        new AnswerText(
            console.out(),
            console.err(),
            root.errorStyle(),
            new AnswerText.Options(model.toString(), !noStream, !hideReasoning, root.quiet()));
    return event -> {
      tellWhatAnswers(event, model);
      text.accept(event);
      requireReader(console.out());
    };
  }

  private void tellWhatAnswers(AnswerEvent event, ModelName model) {
    if (event instanceof AnswerEvent.PromptBuilt
        && model.provider() == ModelName.Provider.EXTRACTIVE) {
      root.notice(
          root.errorStyle()
              .dim("no LLM is configured: showing the best sentences of the passages (see -m)"));
    }
  }

  /** Flushes; where whoever read stdout has left, there is nobody to answer. */
  private static void requireReader(PrintStream out) {
    if (out.checkError()) {
      throw new UncheckedIOException(new IOException("stdout is closed"));
    }
  }
}
