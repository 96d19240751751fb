package dev.ragstream.app;

import dev.ragstream.config.Settings;
import dev.ragstream.core.Embedder;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Finding;
import dev.ragstream.core.Reranker;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at the parts that the settings describe, for what could be wrong with them. */
public final class Examination {

  private Examination() {}

  /**
   * What is good and what is not, in the order in which it should be mended.
   *
   * @throws FailureException of kind {@code SETTINGS} where they name a part that there is not
   */
  public static List<Finding> of(Assembly assembly) {
    Embedder embedder = assembly.embedder();
    List<Finding> findings = new ArrayList<>();
    Finding embedding = embedding(embedder);
    findings.add(embedding);
    try {
      boolean works = embedding.level() == Finding.Level.GOOD;
      findings.addAll(assembly.store().examine(works ? embedder.model() : null));
    } catch (FailureException e) {
      findings.add(Finding.broken("store", e.failure()));
    }
    assembly.reranker().map(Examination::reranking).ifPresent(findings::add);
    Settings settings = assembly.settings();
    Surroundings surroundings = assembly.surroundings();
    findings.add(new ModelCheck(settings.llm(), settings.projectFolder(), surroundings).finding());
    if (!surroundings.offline()) {
      findings.addAll(
          LocalServers.usual(surroundings.environment()).running(named(settings, surroundings)));
    }
    return findings;
  }

  /** Where the servers are that the settings name. */
  private static List<URI> named(Settings settings, Surroundings surroundings) {
    return Stream.of(
            new ChatModels(settings.llm(), surroundings).server(),
            new Embedders(settings.embedding(), surroundings).server())
        .flatMap(Optional::stream)
        .map(server -> server.endpoint().baseUrl())
        .toList();
  }

  private static Finding reranking(Reranker reranker) {
    try {
      reranker.scores("Should I carry an umbrella?", List.of("Rain sets in at eleven."));
      return Finding.good("rerank", "the model " + reranker.name() + " puts passages in order");
    } catch (FailureException e) {
      return Finding.broken("rerank", e.failure());
    }
  }

  private static Finding embedding(Embedder embedder) {
    try {
      embedder.embedQuestion("Should I carry an umbrella?");
      return Finding.good("embedding", embedder.model() + " works");
    } catch (FailureException e) {
      return Finding.broken("embedding", e.failure());
    }
  }
}
