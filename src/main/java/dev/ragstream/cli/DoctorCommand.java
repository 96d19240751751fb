package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import dev.ragstream.app.Examination;
import dev.ragstream.config.Origin;
import dev.ragstream.config.Settings;
import dev.ragstream.config.SettingsLoader;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Finding;
import dev.ragstream.render.FindingFormats;
import dev.ragstream.render.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    header = "Look for what is wrong, and say what to do about it.",
    description = {
      "Examines Java, the settings, the embedding model, the store, the reranker, the model that"
          + " answers (whether its server is there, takes the key and has the model), servers of"
          + " models on this machine that no setting names, the disk and the terminal. Nothing is"
          + " sent that would cost anything. Where the settings cannot be used, it says so and looks"
          + " at the rest. Exits with 1 where something is broken."
    },
    footer = {"", "Examples:", "  ragstream doctor", "  ragstream doctor --json"})
final class DoctorCommand implements Callable<Integer> {

  private static final int SHOWN = 3;

  private final RootCommand root;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  DoctorCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    List<Finding> findings = findings();
    root.invocation()
        .console()
        .out()
        .print(json ? FindingFormats.json(findings) : FindingFormats.text(findings, root.style()));
    return findings.stream().anyMatch(each -> each.level() == Finding.Level.BROKEN)
        ? ExitCode.FAILED
        : ExitCode.SUCCESS;
  }

  private List<Finding> findings() {
    Settings settings;
    try {
      settings = root.settings(List.of());
    } catch (FailureException e) {
      return findings(
          SettingsLoader.standard(root.invocation().workingFolder()),
          Finding.broken("settings", e.failure()),
          Examination::nearby);
    }
    return findings(settings, settings(settings), Examination::of);
  }

  /**
   * @param look at what depends on the settings, as far as they can be used
   */
  private List<Finding> findings(
      Settings settings, Finding aboutThem, Function<Assembly, List<Finding>> look) {
    try (Assembly assembly = root.assembly(settings)) {
      List<Finding> findings = new ArrayList<>(List.of(MachineCheck.java(), aboutThem));
      findings.addAll(look.apply(assembly));
      findings.add(MachineCheck.disk(assembly.stateFolder()));
      findings.add(
          MachineCheck.terminal(
              root.invocation().console(), root.style().look() == Style.Look.COLOURS));
      return findings;
    }
  }

  private Finding settings(Settings settings) {
    List<String> files = settings.files();
    String profile = root.profile() == null ? "" : ", with the profile " + root.profile();
    return Finding.good(
        "settings",
        files.isEmpty()
            ? "no settings file; 'ragstream init' writes one" + changed(settings)
            : String.join(", then ", files) + profile + changed(settings));
  }

  /** Where what is not the default comes from, as far as it fits on a line. */
  private static String changed(Settings settings) {
    List<String> changed =
        settings.given().entrySet().stream()
            .filter(entry -> !(entry.getValue().origin() instanceof Origin.Standard))
            .map(entry -> entry.getKey() + " (" + entry.getValue().origin() + ")")
            .toList();
    if (changed.isEmpty()) {
      return "";
    }
    return changed.size() <= SHOWN
        ? "; sets " + String.join(", ", changed)
        : "; %d settings are not the default ('ragstream config --changed' shows them)"
            .formatted(changed.size());
  }
}
