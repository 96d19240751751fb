package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import dev.ragstream.config.Settings;
import dev.ragstream.core.Retrieval;
import dev.ragstream.render.RetrievalFormat;
import dev.ragstream.render.RetrievalFormats;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "search",
    header = "Show the passages that a question finds, with the evidence.",
    footer = {
      "",
      "Examples:",
      "  ragstream search \"umbrella\"",
      "  ragstream search --explain -k 3 \"What does a swim cost?\"",
      "  ragstream search --where lang=zh --format json \"今天要带伞吗？\""
    })
final class SearchCommand implements Callable<Integer> {

  private final RootCommand root;

  @Parameters(paramLabel = "QUESTION", description = "What to look for.")
  private String question = "";

  @Mixin private RetrievalOptions retrieval = new RetrievalOptions();

  @Option(names = "--explain", description = "Spell out ranks, scores and the fusion sum.")
  private boolean explain;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, json, csv or md.")
  private Format format = Format.TEXT;

  @Option(names = "--json", description = "The same as --format json.")
  private boolean json;

  SearchCommand(RootCommand root) {
    this.root = root;
  }

  private enum Format {
    TEXT,
    JSON,
    CSV,
    MD
  }

  @Override
  public Integer call() {
    String asked = QuestionText.required(question);
    try (Assembly assembly = root.assembly(retrieval.flags())) {
      Retrieval.Options options = assembly.retrieval(retrieval.filter());
      Retrieval found = assembly.retriever().retrieve(asked, options, options.topK());
      root.invocation()
          .console()
          .out()
          .print(writer(assembly.settings()).write(found.aboveMinScore()));
    }
    return ExitCode.SUCCESS;
  }

  private RetrievalFormat writer(Settings settings) {
    return switch (json ? Format.JSON : format) {
      case TEXT -> RetrievalFormats.text(root.linking(root.style(), settings), explain);
      case JSON -> RetrievalFormats.json();
      case CSV -> RetrievalFormats.csv();
      case MD -> RetrievalFormats.markdown();
    };
  }
}
