package dev.ragstream.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What a command gets from the process that it runs in.
 *
 * @param interrupted whether the process was asked to end
 */
record Invocation(
    Console console,
    Map<String, String> environment,
    Path workingFolder,
    BooleanSupplier interrupted) {

  Invocation {
    environment = Map.copyOf(environment);
  }

  /** Leaves the environment out: it holds secrets. */
  @Override
  public String toString() {
    return "Invocation[" + workingFolder + "]";
  }
}
