package dev.ragstream.cli;

import java.nio.file.Path;
import java.util.Map;

/** What a command gets from the process that it runs in. */
record Invocation(Console console, Map<String, String> environment, Path workingFolder) {

  Invocation {
    environment = Map.copyOf(environment);
  }

  /** Leaves the environment out: it holds secrets. */
  @Override
  public String toString() {
    return "Invocation[" + workingFolder + "]";
  }
}
