package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "diff",
    header = "Compare two runs: settings, passages, prompt, answer, and what they took.",
    footer = {
      "",
      "Examples:",
      "  ragstream log diff last~1 last",
      "  ragstream log diff --json last~1 last"
    })
final class LogDiffCommand implements Callable<Integer> {

  private final RootCommand root;

  @Parameters(paramLabel = "A", description = "An id or a beginning of it, or last~1.")
  private String first = "";

  @Parameters(paramLabel = "B", description = "The same for the second run.")
  private String second = "";

  @Option(
      names = "--json",
      description =
          "As one JSON object: both runs with passages, prompt, answer and usage, then what differs.")
  private boolean json;

  LogDiffCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    try (Assembly assembly = root.assembly(List.of())) {
      RunDiff diff =
          new RunDiff(
              assembly.history().journal().run(first), assembly.history().journal().run(second));
      root.invocation()
          .console()
          .out()
          .print(json ? RunDiffJson.text(diff) : RunDiffText.of(diff, root.style()));
    }
    return ExitCode.SUCCESS;
  }
}
