package dev.ragstream.cli;

import dev.ragstream.config.FlagValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command whose answers can be replayed. */
final class CassetteOptions {

  @Option(
      names = "--match",
      paramLabel = "WHAT",
      description =
          "What must be as recorded: exact (the request), or question, which needs no index"
              + " (replay.match).")
  private @Nullable String match;

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      description = "How fast to replay: max, 1 (real time), 2 … (replay.speed).")
  private @Nullable String speed;

  List<FlagValue> flags() {
    List<FlagValue> flags = new ArrayList<>();
    RetrievalOptions.add(flags, "--match", "replay.match", match);
    RetrievalOptions.add(flags, "--speed", "replay.speed", speed);
    return flags;
  }
}
