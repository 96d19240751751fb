package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import dev.ragstream.config.FlagValue;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Filter;
import dev.ragstream.core.FrozenRetriever;
import dev.ragstream.core.Pipeline;
import dev.ragstream.core.Question;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.Template;
import dev.ragstream.journal.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rerun",
    header = "Ask a run's question again, with the settings of now and what is given here.",
    description = "The history and the filter of then hold where none are given here.",
    footer = {
      "",
      "Examples:",
      "  ragstream log rerun last",
      "  ragstream log rerun -m openai:gpt-4o-mini last",
      "  ragstream log rerun --frozen -k 3 last"
    })
final class LogRerunCommand implements Callable<Integer> {

  private final RootCommand root;

  @Parameters(paramLabel = "RUN", description = "An id or a beginning of it, or last.")
  private String reference = "";

  @Option(
      names = "--frozen",
      description = "With the passages that were found then, whatever the index holds now.")
  private boolean frozen;

  @Mixin private PromptOptions prompt = new PromptOptions();

  @Mixin private RetrievalOptions retrieval = new RetrievalOptions();

  @Mixin private AnswerOptions answer = new AnswerOptions();

  LogRerunCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Path folder = root.invocation().workingFolder();
    List<FlagValue> flags = prompt.flags(root.invocation().workingFolder());
    flags.addAll(retrieval.flags());
    flags.addAll(answer.flags());
    try (Assembly assembly = root.assembly(flags)) {
      Run run = assembly.history().journal().run(reference);
      Question then = run.start().question();
      Question question =
          prompt.hasHistory() ? new Question(then.text(), prompt.history(folder)) : then;
      Pipeline pipeline = pipeline(assembly, prompt.template(assembly, folder), run);
      return answer.show(root, assembly, pipeline::answer, question);
    }
  }

  private Pipeline pipeline(Assembly assembly, Template template, Run run) {
    if (frozen) {
      return assembly.pipeline(new FrozenRetriever(found(run)), template, retrieval.filter());
    }
    Filter where = retrieval.filter();
    if (where.equals(Filter.NONE)) {
      where = run.retrieval().map(found -> found.options().where()).orElse(Filter.NONE);
    }
    return assembly.pipeline(template, where);
  }

  private static Retrieval found(Run run) {
    return run.retrieval()
        .orElseThrow(() ->
            new FailureException(
                Failure.Kind.USAGE,
                "the run " + run.id() + " ended before anything was found",
                "leave --frozen out, to look for passages now"));
  }
}
