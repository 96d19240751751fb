package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "diff",
    header = "Compare two runs: settings, passages, prompt, answer, and what they took.",
    footer = {"", "Examples:", "  ragstream log diff last~1 last"})
final class LogDiffCommand implements Callable<Integer> {

  private final RootCommand root;

  @Parameters(paramLabel = "A", description = "An id or a beginning of it, or last~1.")
  private String first = "";

  @Parameters(paramLabel = "B", description = "The same for the second run.")
  private String second = "";

  LogDiffCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    try (Assembly assembly = root.assembly(List.of())) {
      root.invocation()
          .console()
          .out()
          .print(
              RunDiffText.of(
                  assembly.history().journal().run(first),
                  assembly.history().journal().run(second),
                  root.style()));
    }
    return ExitCode.SUCCESS;
  }
}
