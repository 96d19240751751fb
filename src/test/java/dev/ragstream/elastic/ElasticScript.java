package dev.ragstream.elastic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code scripts/elasticsearch} as a command to run. */
final class ElasticScript {

  /** The folder with a folder for each cluster. */
  static final Path CLUSTERS = Path.of("target", "elasticsearch").toAbsolutePath();

  private ElasticScript() {}

  static ProcessBuilder command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of("scripts", "elasticsearch").toAbsolutePath().toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    // Tests start nodes more often than they use them for long: half the start is compilation.
    builder.environment().put("ES_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    return builder;
  }

  static ProcessBuilder command(String... arguments) {
    return command(List.of(arguments));
  }
}
