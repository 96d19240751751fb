package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import dev.ragstream.app.Parity;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Retrieval.Mode;
import dev.ragstream.eval.ParityReport;
import dev.ragstream.eval.QuestionFile;
import dev.ragstream.ingest.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "parity",
    header = "Compare what an Elasticsearch cluster finds with what the embedded index finds.",
    description = {
      "Loads the same documents into a new index in the cluster and into a new folder, asks both,"
          + " and tells how far their rankings agree. Both are removed afterwards; the index of"
          + " the settings is not touched. Needs store.type: elasticsearch, as in --profile es."
    },
    footer = {
      "",
      "Examples:",
      "  ragstream parity --profile es sample-data",
      "  ragstream parity --profile es --questions questions.txt --mode lexical --min 0.9 docs/"
    })
final class ParityCommand implements Callable<Integer> {

  private static final String QUESTIONS = "questions.yaml";
  private static final int LARGEST_K = 100;

  private final RootCommand root;

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders.")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--questions",
      paramLabel = "FILE",
      description =
          "YAML with a list of questions, JSON lines with a question each, or text with one a"
              + " line; else questions.yaml in PATH.")
  private @Nullable Path questions;

  @Option(
      names = {"-k", "--top-k"},
      paramLabel = "N",
      defaultValue = "10",
      description = "How many of the best passages are compared (${DEFAULT-VALUE}).")
  private int topK = 10;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      split = ",",
      description = "hybrid, lexical or vector, or several of them; else all three.")
  private List<Mode> modes = new ArrayList<>();

  @Option(
      names = "--min",
      paramLabel = "RATE",
      description = "Exit with 100 where a mode's mean overlap is below this, 0 to 1.")
  private double min;

  @Option(names = "--keep", description = "Leave both indices there.")
  private boolean keep;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  ParityCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    require(topK >= 1 && topK <= LARGEST_K, "-k " + topK, "1 to " + LARGEST_K);
    require(min >= 0 && min <= 1, "--min " + min, "0 to 1");
    Path folder = root.invocation().workingFolder();
    List<Path> documents = paths.stream().map(folder::resolve).toList();
    try (Assembly assembly = root.assembly(List.of());
        Parity parity = new Parity(assembly, keep)) {
      List<String> asked = QuestionFile.read(questions(folder, documents));
      int failed = 0;
      for (Parity.Side side : parity.sides()) {
        root.notice("loading into " + side.name());
        Report report = parity.load(side, documents, listener());
        if (report.interrupted()) {
          return ExitCode.INTERRUPTED;
        }
        failed += report.failed();
      }
      root.notice("asking " + asked.size() + " questions");
      ParityReport report = parity.compare(asked, inOrder(modes), topK);
      Console console = root.invocation().console();
      console
          .out()
          .print(
              json
                  ? ParityJson.text(report)
                  : new ParityText(report, root.style(), console.columns()).text());
      if (!reaches(report)) {
        return ExitCode.CHECKS_FAILED;
      }
      return failed > 0 ? ExitCode.FAILED : ExitCode.SUCCESS;
    }
  }

  private IndexText listener() {
    return new IndexText(
        root.invocation().console(),
        root.errorStyle(),
        new IndexText.Options(root.quiet(), root.verbose(), false, true));
  }

  /** The file that was named, else the one that lies with the documents. */
  private Path questions(Path folder, List<Path> documents) {
    if (questions != null) {
      return folder.resolve(questions);
    }
    return documents.stream()
        .map(path -> path.resolve(QUESTIONS))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(() ->
            new FailureException(
                Failure.Kind.USAGE,
                "there are no questions to ask: no " + QUESTIONS + " in " + paths.getFirst(),
                "name a file with one question a line: --questions FILE"));
  }

  private static List<Mode> inOrder(List<Mode> modes) {
    return List.copyOf(modes.isEmpty() ? EnumSet.allOf(Mode.class) : EnumSet.copyOf(modes));
  }

  /** Whether no mode is below {@code --min}; tells of those that are. */
  private boolean reaches(ParityReport report) {
    boolean good = true;
    for (ParityReport.Summary summary : report.summaries()) {
      if (summary.overlap() < min) {
        good = false;
        root.invocation()
            .console()
            .err()
            .printf(
                Locale.ROOT,
                "%s: the mean overlap of %.3f is below --min %s%n",
                ParityJson.name(summary.mode()),
                summary.overlap(),
                min);
      }
    }
    return good;
  }

  private static void require(boolean holds, String given, String range) {
    if (!holds) {
      throw new FailureException(
          Failure.Kind.USAGE, given + " is out of range", "give a number from " + range);
    }
  }
}
