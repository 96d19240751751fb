package dev.ragstream.cli;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.template.TemplateFiles;
import java.io.PrintStream;
import java.util.Collection;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "completion",
    header = "Print what a shell needs to complete ragstream's commands.",
    footer = {
      "",
      "Examples:",
      "  ragstream completion bash",
      "  ragstream completion zsh",
      "  ragstream completion fish",
      "",
      "In ~/.bashrc: source <(ragstream completion bash); in ~/.zshrc the same with zsh.",
      "zsh also finds it as a file named _ragstream in a folder of fpath;",
      "fish reads ~/.config/fish/completions/ragstream.fish."
    })
final class CompletionCommand implements Callable<Integer> {

  private final RootCommand root;

  @Parameters(paramLabel = "SHELL", arity = "0..1", description = "bash, zsh or fish.")
  private @Nullable Shell shell;

  @Option(
      names = "--values",
      hidden = true,
      description = "For the scripts: what there is of these, a line each.")
  private Completions.@Nullable Asked values;

  CompletionCommand(RootCommand root) {
    this.root = root;
  }

  private enum Shell {
    BASH,
    ZSH,
    FISH
  }

  @Override
  public Integer call() {
    PrintStream out = root.invocation().console().out();
    if (values != null) {
      values(values).forEach(out::println);
      return ExitCode.SUCCESS;
    }
    if (shell == null) {
      throw new FailureException(
          Failure.Kind.USAGE, "no shell is named", "use one of bash, zsh and fish");
    }
    CommandLine all = CommandTree.commandLine(root);
    out.print(
        switch (shell) {
          case BASH -> Completions.bash(all);
          case ZSH -> Completions.zsh(all);
          case FISH -> new FishCompletion(all.getCommandSpec()).script();
        });
    return ExitCode.SUCCESS;
  }

  private Collection<String> values(Completions.Asked asked) {
    return switch (asked) {
      case PROFILES -> root.profiles();
      case TEMPLATES -> TemplateFiles.around(root.invocation().workingFolder());
    };
  }
}
