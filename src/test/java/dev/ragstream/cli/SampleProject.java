package dev.ragstream.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link Session} in a folder that holds the sample documents, indexed once for all
 * tests; none of them may change the documents. The folder stays, so that the next run of the tests
 * embeds nothing again.
 */
public final class SampleProject implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Session.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return new Session(folder(context));
  }

  /** The folder, whose documents are indexed by then. */
  public static Path folder(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SampleProject.class))
        .computeIfAbsent("folder", _ -> indexed(), Path.class);
  }

  private static Path indexed() {
    try {
      Path folder = Path.of("target", "sample-project").toAbsolutePath();
      copy(Path.of("sample-data").toAbsolutePath(), folder.resolve("sample-data"));
      // Or the settings of the folders above it would count.
      Files.writeString(folder.resolve("ragstream.yaml"), "");
      Session session = new Session(folder);
      Session.Outcome outcome = session.run(List.of("index", "--prune", "sample-data"), "");
      if (outcome.exitCode() != 0) {
        throw new IllegalStateException(outcome.err());
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.write(target, Files.readAllBytes(file));
      }
    }
  }
}
