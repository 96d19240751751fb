package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import dev.ragstream.config.FlagValue;
import dev.ragstream.config.ModelName;
import dev.ragstream.core.Message;
import dev.ragstream.core.Template;
import dev.ragstream.template.TemplateLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that builds a prompt. */
final class PromptOptions {

  private static final List<String> OWN =
      List.of("temperature", "topP", "maxTokens", "seed", "stop");

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      completionCandidates = Completions.Models.class,
      description =
          "extractive, PROVIDER:NAME such as openai:gpt-4o-mini, or replay:FILE (llm.model).")
  private @Nullable String model;

  @Option(
      names = {"-o", "--option"},
      paramLabel = "NAME=VALUE",
      description = {
        "Option of the model: temperature, topP, maxTokens, seed, stop (llm.options), or any that"
            + " its provider knows; may be repeated."
      })
  private Map<String, String> options = new LinkedHashMap<>();

  @Option(
      names = {"-t", "--template"},
      paramLabel = "FILE",
      completionCandidates = Completions.Templates.class,
      description = "Template of the prompt, or default (prompt.template).")
  private @Nullable Path template;

  @Option(
      names = {"-s", "--system"},
      paramLabel = "TEXT",
      description = "System text, in the place of the template's own.")
  private @Nullable String system;

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description = "What was said before: JSON, [{\"role\":\"user\",\"content\":\"…\"}, …].")
  private @Nullable Path history;

  @Option(
      names = "--budget",
      paramLabel = "TOKENS",
      description = "For prompt and answer together (prompt.budget).")
  private @Nullable String budget;

  List<FlagValue> flags(Path workingFolder) {
    List<FlagValue> flags = new ArrayList<>();
    RetrievalOptions.add(flags, "-m", "llm.model", model(workingFolder));
    addOptions(flags);
    RetrievalOptions.add(flags, "--budget", "prompt.budget", budget);
    return flags;
  }

  private @Nullable String model(Path workingFolder) {
    return model == null ? null : model(model, workingFolder);
  }

  /** A cassette on the command line is looked for where the command is typed. */
  static String model(String typed, Path workingFolder) {
    String replay = ModelName.REPLAY_PREFIX;
    if (!typed.startsWith(replay) || typed.equals(replay)) {
      return typed;
    }
    return replay + workingFolder.resolve(typed.substring(replay.length()).strip());
  }

  /** Those that have settings of their own, and all others in one. */
  private void addOptions(List<FlagValue> flags) {
    Map<String, String> more = new LinkedHashMap<>();
    options.forEach((name, value) -> {
      Optional<String> leaf = OWN.stream().filter(own -> same(own, name)).findFirst();
      leaf.ifPresentOrElse(
          own -> flags.add(new FlagValue("-o " + name, "llm.options." + own, value)),
          () -> more.put(name, value));
    });
    if (!more.isEmpty()) {
      String lines =
          more.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + entry.getValue())
              .collect(Collectors.joining("\n"));
      flags.add(new FlagValue("-o " + String.join(", ", more.keySet()), "llm.options.more", lines));
    }
  }

  /** People write {@code max_tokens} as well. */
  private static boolean same(String own, String name) {
    return own.equalsIgnoreCase(name.replace("_", ""));
  }

  /**
   * The template of {@code -t}, else the settings' one, with the text of {@code -s} where given.
   */
  Template template(Assembly assembly, Path workingFolder) {
    return withSystem(template == null ? assembly.template() : template(template, workingFolder));
  }

  /** A template on the command line is looked for where the command is typed. */
  static Template template(Path typed, Path workingFolder) {
    return isStandard(typed, workingFolder)
        ? TemplateLoader.standard()
        : TemplateLoader.load(workingFolder.resolve(typed));
  }

  /** With the text of {@code -s} where given. */
  Template withSystem(Template chosen) {
    return system == null ? chosen : TemplateLoader.withSystem(chosen, system);
  }

  /** The {@code prompt.template} of {@code -t}; null where it is not given. */
  @Nullable String templateSetting(Path workingFolder) {
    return template == null || isStandard(template, workingFolder)
        ? Objects.toString(template, null)
        : workingFolder.resolve(template).toString();
  }

  /** A file of this name goes first. */
  private static boolean isStandard(Path template, Path workingFolder) {
    return template.equals(Path.of(TemplateLoader.DEFAULT))
        && !Files.exists(workingFolder.resolve(template));
  }

  boolean hasHistory() {
    return history != null;
  }

  List<Message> history(Path workingFolder) {
    return history == null ? List.of() : HistoryFile.read(workingFolder.resolve(history));
  }
}
