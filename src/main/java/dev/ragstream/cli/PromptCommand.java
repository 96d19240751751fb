package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import dev.ragstream.config.FlagValue;
import dev.ragstream.config.ModelName;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Filter;
import dev.ragstream.core.Pipeline;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Question;
import dev.ragstream.core.Template;
import dev.ragstream.eval.GoldenPrompt;
import dev.ragstream.eval.PromptDiff;
import dev.ragstream.render.EventJson;
import dev.ragstream.render.FailureText;
import dev.ragstream.render.JsonText;
import dev.ragstream.render.PromptMeasure;
import dev.ragstream.render.PromptText;
import dev.ragstream.render.TerminalText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "prompt",
    header = "Show exactly what a model would be sent, and where its tokens go.",
    description = {
      "--save keeps the prompt as a golden file, --check compares with it and exits with 100 where"
          + " something differs: a gate for documents, settings and templates."
    },
    footer = {
      "",
      "Examples:",
      "  ragstream prompt \"Should I carry an umbrella?\"",
      "  ragstream prompt --save umbrella.json \"Should I carry an umbrella?\"",
      "  ragstream prompt --check umbrella.json \"Should I carry an umbrella?\"",
      "  ragstream prompt -m openai:gpt-4o-mini --format curl \"Should I carry an umbrella?\"",
      "  ragstream prompt -m openai:gpt-4o-mini --measure \"Should I carry an umbrella?\""
    })
final class PromptCommand implements Callable<Integer> {

  private final RootCommand root;

  @Parameters(paramLabel = "QUESTION", description = "What would be asked.")
  private String question = "";

  @Mixin private PromptOptions prompt = new PromptOptions();

  @Mixin private RetrievalOptions retrieval = new RetrievalOptions();

  @ArgGroup private @Nullable Output output;

  PromptCommand(RootCommand root) {
    this.root = root;
  }

  /** What to do with the prompt; one of these. */
  private static final class Output {

    @Option(
        names = "--measure",
        description =
            "Send it, ask for the shortest answer, and compare what the model's server says it"
                + " read with what was sent; exits with 100 where part of it was cut.")
    private boolean measure;

    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        description = "text, json, or curl: the request to paste into a shell.")
    private @Nullable Format format;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    @Option(
        names = "--diff",
        paramLabel = "FILE",
        completionCandidates = Completions.Templates.class,
        description = "Show what this second template changes.")
    private @Nullable Path diff;

    @Option(names = "--save", paramLabel = "FILE", description = "Keep it as a golden prompt.")
    private @Nullable Path save;

    @Option(
        names = "--check",
        paramLabel = "FILE",
        description = "Compare it with a golden prompt.")
    private @Nullable Path check;
  }

  private enum Format {
    TEXT,
    JSON,
    CURL
  }

  @Override
  public Integer call() {
    Question asked =
        new Question(
            QuestionText.required(question), prompt.history(root.invocation().workingFolder()));
    Output wanted = output == null ? new Output() : output;
    List<FlagValue> flags = prompt.flags(root.invocation().workingFolder());
    flags.addAll(retrieval.flags());
    if (wanted.measure) {
      flags.add(new FlagValue("--measure", "llm.options.maxTokens", "1"));
    }
    try (Assembly assembly = root.assembly(flags)) {
      Template template = prompt.template(assembly, root.invocation().workingFolder());
      if (wanted.measure) {
        requireServer(assembly.settings().llm().model());
        return measure(assembly.pipeline(template, retrieval.filter()), asked);
      }
      Prompt built = build(assembly, template, asked);
      return show(assembly, asked, built, wanted);
    }
  }

  private static void requireServer(ModelName model) {
    if (model.provider() == ModelName.Provider.EXTRACTIVE) {
      throw new FailureException(
          Failure.Kind.USAGE,
          "the model extractive answers in process, so there is no server to measure",
          "name a model with a server: -m ollama:NAME");
    }
  }

  private int measure(Pipeline pipeline, Question asked) {
    Console console = root.invocation().console();
    PromptMeasure measure = new PromptMeasure();
    Ending ending = pipeline.answer(asked, measure);
    if (ending instanceof Failed failed) {
      console.err().print(FailureText.of(failed.failure(), root.errorStyle()));
    }
    console.out().print(measure.text(root.style()));
    return measure.cut() ? ExitCode.CHECKS_FAILED : ExitCode.of(ending);
  }

  private int show(Assembly assembly, Question asked, Prompt built, Output wanted) {
    Path folder = root.invocation().workingFolder();
    if (wanted.save != null) {
      GoldenPrompt.of(built).write(folder.resolve(wanted.save));
      root.notice("saved " + wanted.save);
      return ExitCode.SUCCESS;
    }
    if (wanted.check != null) {
      return check(GoldenPrompt.read(folder.resolve(wanted.check)), built, wanted.check);
    }
    if (wanted.diff != null) {
      Template second = PromptOptions.template(wanted.diff, folder);
      diff(built, build(assembly, second, asked));
      return ExitCode.SUCCESS;
    }
    print(assembly, built, wanted);
    return ExitCode.SUCCESS;
  }

  private Prompt build(Assembly assembly, Template template, Question asked) {
    Filter where = retrieval.filter();
    return assembly.pipeline(template, where).inspect(asked);
  }

  private int check(GoldenPrompt golden, Prompt built, Path file) {
    List<String> differences = PromptDiff.between(golden, GoldenPrompt.of(built));
    if (differences.isEmpty()) {
      root.notice("the prompt is as in " + file);
      return ExitCode.SUCCESS;
    }
    PrintStream out = root.invocation().console().out();
    out.println("the prompt differs from " + file + ":");
    differences.forEach(line -> out.println("  " + TerminalText.safe(line)));
    out.flush();
    root.notice("if this is as it should be, run the same command with --save");
    return ExitCode.CHECKS_FAILED;
  }

  private void diff(Prompt first, Prompt second) {
    PrintStream out = root.invocation().console().out();
    List<String> lines = PromptDiff.between(GoldenPrompt.of(first), GoldenPrompt.of(second));
    lines.forEach(line -> out.println(TerminalText.safe(line)));
    out.printf(
        "%s: %d tokens, %s: %d tokens%n",
        first.template(), first.ledger().total(), second.template(), second.ledger().total());
  }

  private void print(Assembly assembly, Prompt built, Output wanted) {
    PrintStream out = root.invocation().console().out();
    Format format = wanted.format == null ? Format.TEXT : wanted.format;
    switch (wanted.json ? Format.JSON : format) {
      case TEXT -> out.print(PromptText.of(built, root.style()));
      case JSON -> out.print(JsonText.pretty(EventJson.prompt(built)));
      case CURL -> out.println(assembly.curl(built));
    }
  }
}
