package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import dev.ragstream.app.Surroundings;
import dev.ragstream.config.FlagValue;
import dev.ragstream.config.Settings;
import dev.ragstream.config.SettingsLoader;
import dev.ragstream.config.SettingsSources;
import dev.ragstream.render.Style;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ragstream} itself: the options that every command has, and what they come to. */
@Command(
    name = "ragstream",
    header =
        "Test retrieval-augmented prompts: see what was found, what the model was sent, and the answer.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class,
    optionListHeading = "%nGlobal options:%n",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "First steps:",
      "  ragstream index docs/",
      "  ragstream ask \"How do I renew my parking permit?\"",
      "",
      "Exit codes: 0 success, 1 failed, 2 usage or settings, 100 checks failed, 130 interrupted."
    })
final class RootCommand implements Runnable {

  private static final List<String> FIRST_STEPS =
      List.of("init", "index", "search", "prompt", "ask");

  private final Invocation invocation;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Settings file; else ragstream.yaml is looked for from here upwards.")
  private @Nullable Path config;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      completionCandidates = Completions.Profiles.class,
      description = "Overlay from the settings' profiles.")
  private @Nullable String profile;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      scope = ScopeType.INHERIT,
      description = "Any setting, for this run; may be repeated.")
  private List<String> set = new ArrayList<>();

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      defaultValue = "auto",
      description = "auto, always or never. NO_COLOR is respected.")
  private Console.ColorMode color = Console.ColorMode.AUTO;

  @Option(
      names = "--offline",
      scope = ScopeType.INHERIT,
      description = "Refuse whatever needs a network.")
  private boolean offline;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Results and errors only.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Say more; stack traces of failures.")
  private boolean verbose;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Option(
      names = "--version",
      versionHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show the version.")
  private boolean version;

  RootCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  /** Named alone, ragstream shows the way in; {@code --help} has the rest. */
  @Override
  public void run() {
    if (spec != null) {
      invocation.console().out().print(firstSteps(spec));
    }
  }

  private String firstSteps(CommandSpec own) {
    StringBuilder text = new StringBuilder(own.usageMessage().header()[0]).append("\n\n");
    int width = FIRST_STEPS.stream().mapToInt(String::length).max().orElse(0);
    for (String step : FIRST_STEPS) {
      CommandSpec command =
          Objects.requireNonNull(own.subcommands().get(step), step).getCommandSpec();
      text.append("  ragstream ")
          .append(style().bold(step))
          .repeat(" ", width - step.length() + 2)
          .append(command.usageMessage().header()[0])
          .append('\n');
    }
    return text.append("\nAll commands: ragstream --help. One of them: ragstream ask --help\n")
        .toString();
  }

  /** The settings file of {@code -c}, else ragstream.yaml in the working folder. */
  Path settingsFile() {
    return invocation.workingFolder().resolve(config == null ? Path.of("ragstream.yaml") : config);
  }

  Invocation invocation() {
    return invocation;
  }

  @Nullable String profile() {
    return profile;
  }

  boolean quiet() {
    return quiet;
  }

  boolean verbose() {
    return verbose;
  }

  Style style() {
    return style(invocation.console().terminals().out());
  }

  Style errorStyle() {
    return style(invocation.console().terminals().err());
  }

  /** With links to the sources of passages, where the terminal is known to know them. */
  Style linking(Style style, Settings settings) {
    return Hyperlinks.areKnown(invocation.environment())
        ? style.linking(settings.projectFolder())
        : style;
  }

  /** A line for people on stderr, unless they asked for quiet. */
  void notice(String text) {
    if (!quiet) {
      invocation.console().err().println(text);
    }
  }

  /**
   * The settings with a command's own options on top.
   *
   * @param options of the command, as the settings that they stand for
   */
  Settings settings(List<FlagValue> options) {
    List<FlagValue> flags = new ArrayList<>(set.stream().map(FlagValue::set).toList());
    flags.addAll(options);
    return SettingsLoader.load(sources(flags));
  }

  /** The profiles that {@code --profile} may name here. */
  Set<String> profiles() {
    return SettingsLoader.profiles(sources(List.of()));
  }

  private SettingsSources sources(List<FlagValue> flags) {
    return new SettingsSources(
        invocation.workingFolder(), invocation.environment(), config, profile, flags);
  }

  Assembly assembly(List<FlagValue> options) {
    return assembly(settings(options));
  }

  Assembly assembly(Settings settings) {
    return new Assembly(
        settings, new Surroundings(cacheFolder(), invocation.environment(), offline, this::notice));
  }

  /** The user's folder for what can be made again. */
  Path cacheFolder() {
    String given = invocation.environment().get("XDG_CACHE_HOME");
    Path caches =
        given != null && !given.isEmpty()
            ? Path.of(given)
            : Path.of(System.getProperty("user.home"), ".cache");
    return caches.resolve("ragstream");
  }

  private Style style(boolean terminal) {
    return invocation.console().style(color, invocation.environment(), terminal);
  }
}
