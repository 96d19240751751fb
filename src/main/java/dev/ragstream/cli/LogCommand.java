package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import dev.ragstream.journal.RunJson;
import dev.ragstream.journal.RunQuery;
import dev.ragstream.journal.RunSummary;
import dev.ragstream.render.JsonText;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "log",
    header = "Show what was asked, the newest first; look at a run, ask it again, compare two.",
    description = {
      "A run is named by its id or a beginning of it, or by 'last', or by 'last~1' for the one before that."
    },
    synopsisSubcommandLabel = "[COMMAND]",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  ragstream log",
      "  ragstream log -n 50 --ending failed --text umbrella",
      "  ragstream log show last",
      "  ragstream log diff last~1 last"
    })
final class LogCommand implements Callable<Integer> {

  private final RootCommand root;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many runs at most (20).")
  private int limit = 20;

  @Option(
      names = "--model",
      paramLabel = "TEXT",
      description = "Only runs whose model's name holds this.")
  private @Nullable String model;

  @Option(
      names = "--ending",
      paramLabel = "HOW",
      description = "Only runs that are completed, cancelled, failed or unfinished.")
  private RunQuery.@Nullable How ending;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "Only runs whose question holds this.")
  private @Nullable String text;

  @Option(names = "--json", description = "One JSON object per line.")
  private boolean json;

  LogCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    try (Assembly assembly = root.assembly(List.of())) {
      List<RunSummary> runs =
          assembly.history().journal().runs(new RunQuery(Math.max(0, limit), model, ending, text));
      PrintStream out = root.invocation().console().out();
      if (json) {
        runs.forEach(run -> out.println(JsonText.line(RunJson.summary(run))));
      } else if (runs.isEmpty()) {
        root.notice("no runs are kept" + (isFiltered() ? " that are like this" : " yet"));
      } else {
        out.print(RunTable.of(runs, root.style().columns()));
      }
    }
    return ExitCode.SUCCESS;
  }

  private boolean isFiltered() {
    return model != null || ending != null || text != null;
  }
}
