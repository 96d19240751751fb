package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import dev.ragstream.core.ModelList;
import dev.ragstream.render.ModelFormats;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "models",
    header = "List the models that can be named in the settings.",
    description = {
      "Lists what is built in, and asks each server that the settings name for its own list. A star"
          + " marks the models that the settings name. Exits with 1 where a server could not be"
          + " asked. With --offline no server is."
    },
    footer = {
      "",
      "Examples:",
      "  ragstream models",
      "  ragstream models ollama",
      "  ragstream models --json"
    })
final class ModelsCommand implements Callable<Integer> {

  private final RootCommand root;

  @Parameters(
      paramLabel = "PROVIDER",
      arity = "0..*",
      description = "Ask these as well, at their usual addresses: openai, ollama and so on.")
  private List<String> providers = new ArrayList<>();

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  ModelsCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    try (Assembly assembly = root.assembly(List.of())) {
      List<ModelList> lists = assembly.modelLists(providers);
      root.invocation()
          .console()
          .out()
          .print(json ? ModelFormats.json(lists) : ModelFormats.text(lists, root.style()));
      return lists.stream().anyMatch(list -> list.failure() != null)
          ? ExitCode.FAILED
          : ExitCode.SUCCESS;
    }
  }
}
