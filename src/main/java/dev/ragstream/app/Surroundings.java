package dev.ragstream.app;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What is around a command and no setting.
 *
 * @param cacheFolder for what can be made again: unpacked native code and weights
 * @param environment the variables that providers' users keep their keys and addresses in
 * @param offline whether anything that needs a network is refused
 * @param notices is told what a user should know, in a sentence
 */
public record Surroundings(
    Path cacheFolder, Map<String, String> environment, boolean offline, Consumer<String> notices) {

  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /** Leaves the environment out: it holds secrets. */
  @Override
  public String toString() {
    return "Surroundings[" + cacheFolder + ", offline=" + offline + "]";
  }
}
