package dev.ragstream.app;

import dev.ragstream.app.Endpoints.Server;
import dev.ragstream.config.Settings;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.model.ModelCatalog;
import dev.ragstream.server.Backend.Part;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.JsonExchange;
import dev.ragstream.upstream.RetryPolicy;
import dev.ragstream.upstream.StatusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Looks whether what answers questions is there. Asks servers for nothing but their list of models,
 * which costs no tokens, and remembers for a moment what it saw, so that it can be asked often.
 */
final class Readiness {

  private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Assembly assembly;
  private final LongSupplier nanoTime;
  private List<Part> seen = List.of();
  private long seenAt;

  Readiness(Assembly assembly, LongSupplier nanoTime) {
    this.assembly = assembly;
    this.nanoTime = nanoTime;
  }

  /** All parts, in the order in which a question needs them. */
  synchronized List<Part> parts() {
    if (seen.isEmpty() || nanoTime.getAsLong() - seenAt > FRESH_NANOS) {
      seen = look();
      seenAt = nanoTime.getAsLong();
    }
    return seen;
  }

  private List<Part> look() {
    Settings settings = assembly.settings();
    Surroundings surroundings = assembly.surroundings();
    List<Part> parts = new ArrayList<>();
    if (!assembly.cassettes().bringsPassages(settings.llm().model())) {
      new Embedders(settings.embedding(), surroundings)
          .server()
          .ifPresent(server -> parts.add(part("embedding", () -> list(server, surroundings))));
      parts.add(part("store", () -> assembly.store().status()));
    }
    parts.add(
        part(
            "model", new ModelCheck(settings.llm(), settings.projectFolder(), surroundings)::look));
    return parts;
  }

  private static Part part(String name, Runnable look) {
    try {
      look.run();
      return new Part(name, null);
    } catch (FailureException e) {
      return new Part(name, e.failure());
    }
  }

  /** A server that lists nothing is there all the same. */
  private static void list(Server server, Surroundings surroundings) {
    String what = "the server of the embedding model";
    Endpoint endpoint = server.endpoint().within(PATIENCE);
    JsonExchange exchange =
        new JsonExchange(
            what,
            "listing models",
            endpoint,
            server.provider().headers(endpoint),
            new Endpoints(surroundings)
                .transport(
                    endpoint, RetryPolicy.none(), what, "name a bundled model in embedding.model"));
    try {
      ModelCatalog.of(server.provider()).names(exchange);
    } catch (StatusException e) {
      if (e.failure().kind() == Failure.Kind.UPSTREAM_UNAUTHORIZED || e.status() >= 500) {
        throw e;
      }
    }
  }
}
