package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import dev.ragstream.config.FlagValue;
import dev.ragstream.core.Message;
import dev.ragstream.core.Template;
import dev.ragstream.template.TemplateLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that builds a prompt. */
final class PromptOptions {

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = "extractive, or openai:NAME (llm.model).")
  private @Nullable String model;

  @Option(
      names = {"-t", "--template"},
      paramLabel = "FILE",
      description = "Template of the prompt (prompt.template).")
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

  List<FlagValue> flags() {
    List<FlagValue> flags = new ArrayList<>();
    RetrievalOptions.add(flags, "-m", "llm.model", model);
    RetrievalOptions.add(flags, "--budget", "prompt.budget", budget);
    return flags;
  }

  /**
   * The template of {@code -t}, else the settings' one, with the text of {@code -s} where given.
   */
  Template template(Assembly assembly, Path workingFolder) {
    Template chosen =
        template == null
            ? assembly.template()
            : TemplateLoader.load(workingFolder.resolve(template));
    return system == null ? chosen : TemplateLoader.withSystem(chosen, system);
  }

  List<Message> history(Path workingFolder) {
    return history == null ? List.of() : HistoryFile.read(workingFolder.resolve(history));
  }
}
