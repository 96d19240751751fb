package dev.ragstream.clients;

import dev.ragstream.cli.SampleProject;
import dev.ragstream.cli.Served;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * {@code ragstream serve} over the sample documents, with the model {@code extractive} unless a
 * request chooses a cassette or one of a {@link ModelServer}. One for all tests that want it.
 */
final class Site implements AutoCloseable {

  /** The question that all documents were written for. */
  static final String QUESTION = "Should I carry an umbrella?";

  /** A recorded answer, in pieces. */
  static final String CASSETTE = "replay:sample-data/cassettes/umbrella.jsonl";

  final ModelServer models = new ModelServer();
  private final Path folder;
  final Served server;

  private Site(Path folder) {
    this.folder = folder;
    this.server = serve();
  }

  /** The same once more, for a test that wants it otherwise; the test closes it. */
  Served serve(String... arguments) {
    String models =
        String.join(
            ", ",
            List.of(
                CASSETTE,
                ModelServer.THINKER,
                ModelServer.COUNTER,
                ModelServer.BROKEN,
                ModelServer.SILENT,
                ModelServer.GONE));
    List<String> all =
        new ArrayList<>(
            List.of("--set", "serve.models=" + models, "--set", "replay.match=question"));
    all.addAll(List.of(arguments));
    return new Served(
        folder,
        Map.of("OPENAI_BASE_URL", this.models.url(), "OPENAI_API_KEY", ModelServer.KEY),
        all);
  }

  String url(String path) {
    return server.url() + path;
  }

  @Override
  public void close() {
    server.close();
    models.close();
  }

  /** Gives it to tests. */
  static final class Resolver implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Site.class;
    }

    @Override
    public Site resolveParameter(ParameterContext parameter, ExtensionContext context) {
      Path folder = SampleProject.folder(context);
      return context
          .getRoot()
          .getStore(Namespace.create(Site.class))
          .computeIfAbsent("site", _ -> new Site(folder), Site.class);
    }
  }
}
