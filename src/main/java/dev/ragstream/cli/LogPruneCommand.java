package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import dev.ragstream.journal.Removal;
import dev.ragstream.journal.RunJournal;
import dev.ragstream.journal.RunSummary;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "prune",
    header = "Remove runs for good; chats stay.",
    footer = {
      "",
      "Examples:",
      "  ragstream log prune --dry-run --older-than 30d",
      "  ragstream log prune --keep 100"
    })
final class LogPruneCommand implements Callable<Integer> {

  private final RootCommand root;

  @ArgGroup(multiplicity = "1")
  private Which which = new Which();

  @Option(names = "--dry-run", description = "Only say what would be removed.")
  private boolean dryRun;

  LogPruneCommand(RootCommand root) {
    this.root = root;
  }

  /** Which runs go; one of these. */
  private static final class Which {

    @Option(
        names = "--older-than",
        paramLabel = "AGE",
        converter = AgeConverter.class,
        description = "Runs that began longer ago: 12h, 30d or 8w.")
    private @Nullable Duration age;

    @Option(names = "--keep", paramLabel = "N", description = "All but the newest N runs.")
    private @Nullable Integer keep;

    @Option(names = "--all", description = "All runs.")
    private boolean all;

    Removal removal() {
      if (age != null) {
        return new Removal.OlderThan(age);
      }
      return new Removal.AllBut(all || keep == null ? 0 : Math.max(0, keep));
    }
  }

  @Override
  public Integer call() {
    try (Assembly assembly = root.assembly(List.of())) {
      RunJournal journal = assembly.history().journal();
      Removal removal = which.removal();
      List<RunSummary> runs = dryRun ? journal.removable(removal) : journal.remove(removal);
      Console console = root.invocation().console();
      if (!runs.isEmpty()) {
        console.out().print(RunTable.of(runs, root.style().columns()));
      }
      String count = runs.size() == 1 ? "1 run" : runs.size() + " runs";
      root.notice(dryRun ? count + " would be removed" : "removed " + count);
    }
    return ExitCode.SUCCESS;
  }
}
