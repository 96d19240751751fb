package dev.ragstream.app;

import dev.ragstream.config.Settings;
import dev.ragstream.core.Embedder;
import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.Failure;
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

  /** What is good and what is not, in the order in which it should be mended. */
  public static List<Finding> of(Assembly assembly) {
    List<Finding> findings = new ArrayList<>();
    EmbeddingModel embedding = null;
    try {
      embedding = embedding(assembly);
      findings.add(Finding.good("embedding", embedding + " works"));
    } catch (FailureException e) {
      findings.add(Finding.broken("embedding", e.failure()));
    }
    try {
      findings.addAll(assembly.store().examine(embedding));
    } catch (FailureException e) {
      findings.add(Finding.broken("store", e.failure()));
    }
    assembly.reranker().map(Examination::reranking).ifPresent(findings::add);
    Settings settings = assembly.settings();
    Surroundings surroundings = assembly.surroundings();
    findings.add(new ModelCheck(settings.llm(), settings.projectFolder(), surroundings).finding());
    findings.addAll(nearby(assembly));
    return findings;
  }

  /** Servers of models on this machine that the settings do not name. */
  public static List<Finding> nearby(Assembly assembly) {
    Surroundings surroundings = assembly.surroundings();
    if (surroundings.offline()) {
      return List.of();
    }
    try {
      return LocalServers.usual(surroundings.environment())
          .running(named(assembly.settings(), surroundings));
    } catch (FailureException e) {
      Failure failure = e.failure();
      return List.of(Finding.warning("nearby", failure.problem(), failure.remedy()));
    }
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

  /** The model, once it has shown that it works. */
  private static EmbeddingModel embedding(Assembly assembly) {
    Embedder embedder = assembly.embedder();
    embedder.embedQuestion("Should I carry an umbrella?");
    return embedder.model();
  }
}
