package dev.ragstream.cli;

import dev.ragstream.config.FlagValue;
import dev.ragstream.core.Filter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that retrieves. */
final class RetrievalOptions {

  @Option(
      names = {"-k", "--top-k"},
      paramLabel = "N",
      description = "How many passages (retrieval.topK).")
  private @Nullable String topK;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      completionCandidates = Completions.Modes.class,
      description = "hybrid, lexical or vector (retrieval.mode).")
  private @Nullable String mode;

  @Option(
      names = "--min-score",
      paramLabel = "SCORE",
      description = "Leave out what scores less (retrieval.minScore).")
  private @Nullable String minScore;

  @Option(
      names = "--where",
      paramLabel = "KEY=VALUE",
      description = "Only passages with this metadata; may be repeated, all must hold.")
  private Map<String, String> where = new LinkedHashMap<>();

  List<FlagValue> flags() {
    List<FlagValue> flags = new ArrayList<>();
    add(flags, "-k", "retrieval.topK", topK);
    add(flags, "--mode", "retrieval.mode", mode);
    add(flags, "--min-score", "retrieval.minScore", minScore);
    return flags;
  }

  Filter filter() {
    return new Filter(where);
  }

  static void add(List<FlagValue> flags, String option, String key, @Nullable String value) {
    if (value != null) {
      flags.add(new FlagValue(option, key, value));
    }
  }
}
