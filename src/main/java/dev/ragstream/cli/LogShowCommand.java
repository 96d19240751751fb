package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Prompt;
import dev.ragstream.journal.Run;
import dev.ragstream.journal.RunJson;
import dev.ragstream.render.JsonText;
import dev.ragstream.render.PromptText;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    header = "Show a run: the question, what was found and sent, the answer, and what it took.",
    footer = {
      "",
      "Examples:",
      "  ragstream log show last",
      "  ragstream log show --prompt last",
      "  ragstream log show --json last"
    })
final class LogShowCommand implements Callable<Integer> {

  private final RootCommand root;

  @Parameters(paramLabel = "RUN", description = "An id or a beginning of it, or last.")
  private String reference = "";

  @Option(names = "--prompt", description = "The prompt alone, as it was sent, with its ledger.")
  private boolean prompt;

  @Option(names = "--json", description = "Settings and every event, as one JSON object.")
  private boolean json;

  LogShowCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    try (Assembly assembly = root.assembly(List.of())) {
      Run run = assembly.history().journal().run(reference);
      PrintStream out = root.invocation().console().out();
      if (json) {
        out.print(JsonText.pretty(RunJson.whole(run)));
      } else if (prompt) {
        out.print(PromptText.of(promptOf(run), root.style()));
      } else {
        out.print(RunText.of(run, root.style()));
      }
    }
    return ExitCode.SUCCESS;
  }

  private static Prompt promptOf(Run run) {
    return run.prompt()
        .orElseThrow(() ->
            new FailureException(
                Failure.Kind.USAGE,
                "the run " + run.id() + " ended before there was a prompt",
                "see 'ragstream log show " + run.id() + "' for how it ended"));
  }
}
