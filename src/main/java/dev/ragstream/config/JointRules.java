package dev.ragstream.config;

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
  }

  /** The first of the two places that the user wrote at. */
  private static Origin origin(Settings settings, String first, String second) {
    return Stream.of(first, second)
        .map(settings::origin)
        .filter(origin -> !(origin instanceof Origin.Standard))
        .findFirst()
        .orElseGet(Origin.Standard::new);
  }
}
