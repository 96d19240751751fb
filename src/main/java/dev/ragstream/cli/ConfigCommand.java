package dev.ragstream.cli;

import dev.ragstream.config.Origin;
import dev.ragstream.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "config",
    header = "Show the settings in force, and where each comes from.",
    description = {
      "Lists every setting with its value and with the file and line, the variable or the flag that"
          + " it comes from. Of secrets only the variable that holds them is shown."
    },
    footer = {
      "",
      "Examples:",
      "  ragstream config",
      "  ragstream config retrieval prompt.budget",
      "  ragstream config --changed --json"
    })
final class ConfigCommand implements Callable<Integer> {

  private final RootCommand root;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "These settings only, or those of these sections.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--changed", description = "Only what is not the built-in default.")
  private boolean changed;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  ConfigCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Settings settings = root.settings(List.of());
    Map<String, Settings.Given> chosen = new LinkedHashMap<>();
    if (names.isEmpty()) {
      chosen.putAll(settings.given());
    }
    names.forEach(name -> chosen.putAll(settings.givenBeneath(name)));
    if (changed) {
      chosen.values().removeIf(given -> given.origin() instanceof Origin.Standard);
    }
    root.invocation()
        .console()
        .out()
        .print(
            json
                ? ConfigFormats.json(settings.files(), chosen)
                : ConfigFormats.text(chosen, root.style()));
    if (settings.files().isEmpty() && !json) {
      root.notice("there is no settings file; 'ragstream init' writes one");
    }
    return ExitCode.SUCCESS;
  }
}
