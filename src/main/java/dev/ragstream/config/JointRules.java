package dev.ragstream.config;

import java.net.URI;
import java.util.stream.Stream;

/** What settings must fulfil together. */
final class JointRules {

  private JointRules() {}

  static void check(Settings settings, Problems problems) {
    int size = settings.chunking().size();
    int overlap = settings.chunking().overlap();
    if (overlap > size / 2) {
      problems.add(
          origin(settings, "chunking.overlap", "chunking.size"),
          "chunking.overlap (%d) is more than half of chunking.size (%d)".formatted(overlap, size),
          "set chunking.overlap to %d or less".formatted(size / 2));
    }
    int budget = settings.prompt().budget();
    int reserve = settings.prompt().reserve();
    if (reserve >= budget) {
      problems.add(
          origin(settings, "prompt.reserve", "prompt.budget"),
          "prompt.reserve (%d) leaves nothing of prompt.budget (%d)".formatted(reserve, budget),
          "set prompt.reserve to less than %d".formatted(budget));
    }
    serve(settings, problems);
    new StoreRules(settings, problems).check();
  }

  private static void serve(Settings settings, Problems problems) {
    ServeSettings serve = settings.serve();
    Integer second = serve.wsPort();
    if (second != null && second != 0 && second == serve.port()) {
      problems.add(
          origin(settings, "serve.wsPort", "serve.port"),
          "serve.wsPort is %d, as serve.port is".formatted(second),
          "choose another, or leave it out: every route is on serve.port");
    }
    for (URI page : serve.cors()) {
      if (page.getPath() != null && page.getPath().length() > 1) {
        problems.add(
            settings.origin("serve.cors"),
            "serve.cors holds %s, and an origin has no path".formatted(page),
            "write %s://%s".formatted(page.getScheme(), page.getAuthority()));
      }
    }
  }

  /** The first of the two places that the user wrote at. */
  static Origin origin(Settings settings, String first, String second) {
    return Stream.of(first, second)
        .map(settings::origin)
        .filter(origin -> !(origin instanceof Origin.Standard))
        .findFirst()
        .orElseGet(Origin.Standard::new);
  }
}
