package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import dev.ragstream.ingest.IndexEvent;
import dev.ragstream.ingest.Indexer;
import dev.ragstream.ingest.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "index",
    header = "Bring the index up to date with files and folders.",
    description = {
      "Reads Markdown, text, HTML, PDF, DOCX, CSV, JSON lines and source code. A file that has not"
          + " changed costs nothing, a changed one is replaced whole. Ctrl-C keeps what was"
          + " committed, and the next run goes on from there."
    },
    footer = {
      "",
      "Examples:",
      "  ragstream index docs/ README.md",
      "  ragstream index --dry-run --exclude \"drafts/**\" docs/",
      "  ragstream index --prune docs/"
    })
final class IndexCommand implements Callable<Integer> {

  private final RootCommand root;

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders.")
  private List<Path> paths = new ArrayList<>();

  @Option(names = "--rebuild", description = "Start over; vectors already computed are reused.")
  private boolean rebuild;

  @Option(names = "--prune", description = "Remove documents below PATH whose files are gone.")
  private boolean prune;

  @Option(names = "--dry-run", description = "Only tell what would be done.")
  private boolean dryRun;

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description = "Only files like this (ingest.include); may be repeated.")
  private List<String> include = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description = "No files like this (ingest.exclude); may be repeated.")
  private List<String> exclude = new ArrayList<>();

  @Option(names = "--json", description = "One event per line, as JSON, on stdout.")
  private boolean json;

  IndexCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Path folder = root.invocation().workingFolder();
    Indexer.Request request =
        new Indexer.Request(paths.stream().map(folder::resolve).toList(), rebuild, prune, dryRun);
    try (Assembly assembly = root.assembly(List.of())) {
      Report report = assembly.indexer(include, exclude).run(request, listener());
      return report.interrupted()
          ? ExitCode.INTERRUPTED
          : report.failed() > 0 ? ExitCode.FAILED : ExitCode.SUCCESS;
    }
  }

  private Consumer<IndexEvent> listener() {
    Console console = root.invocation().console();
    if (json) {
      return event -> IndexJson.line(event).ifPresent(console.out()::println);
    }
    return new IndexText(
        console,
        root.errorStyle(),
        new IndexText.Options(root.quiet(), root.verbose(), dryRun, rebuild));
  }
}
