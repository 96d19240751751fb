package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import dev.ragstream.core.StoreStatus;
import dev.ragstream.render.StatusFormats;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    header = "Show what the index holds.",
    footer = {"", "Examples:", "  ragstream status", "  ragstream status --json"})
final class StatusCommand implements Callable<Integer> {

  private final RootCommand root;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  StatusCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    try (Assembly assembly = root.assembly(List.of())) {
      StoreStatus status = assembly.store().status();
      root.invocation()
          .console()
          .out()
          .print(json ? StatusFormats.json(status) : StatusFormats.text(status));
    }
    return ExitCode.SUCCESS;
  }
}
