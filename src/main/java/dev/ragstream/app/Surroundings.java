package dev.ragstream.app;

import dev.ragstream.core.Secret;
import dev.ragstream.upstream.Provider;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What is around a command and no setting.
 *
 * @param cacheFolder for what can be made again: unpacked native code and weights
 * @param environment the variables that providers' users keep their keys and addresses in
 * @param offline whether anything that needs a network is refused
 * @param notices is told what a user should know, in a sentence
 * @param secrets whatever no text of a server may show, whether or not that server was sent it
 */
public record Surroundings(
    Path cacheFolder,
    Map<String, String> environment,
    boolean offline,
    Consumer<String> notices,
    List<Secret> secrets) {

  public Surroundings {
    environment = Map.copyOf(environment);
    secrets = List.copyOf(secrets);
  }

  /** With the keys of the environment as its secrets. */
  public Surroundings(
      Path cacheFolder,
      Map<String, String> environment,
      boolean offline,
      Consumer<String> notices) {
    this(
        cacheFolder,
        environment,
        offline,
        notices,
        Arrays.stream(Provider.values()).map(each -> each.key(environment)).toList());
  }

  /** The same with more secrets. */
  Surroundings keeping(List<Secret> more) {
    List<Secret> all = Stream.concat(secrets.stream(), more.stream()).toList();
    return new Surroundings(cacheFolder, environment, offline, notices, all);
  }

  /** Leaves the environment out: it holds secrets. */
  @Override
  public String toString() {
    return "Surroundings[" + cacheFolder + ", offline=" + offline + "]";
  }
}
