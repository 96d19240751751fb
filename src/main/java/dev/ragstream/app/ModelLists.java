package dev.ragstream.app;

import dev.ragstream.app.Endpoints.Server;
import dev.ragstream.config.Settings;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.ModelList;
import dev.ragstream.core.ModelList.Offer;
import dev.ragstream.embed.BundledModel;
import dev.ragstream.model.ModelCatalog;
import dev.ragstream.upstream.JsonExchange;
import dev.ragstream.upstream.Provider;
import dev.ragstream.upstream.Timeouts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Lists the models that are built in, and those of the servers that the settings name. */
record ModelLists(Settings settings, Surroundings surroundings) {

  private static final String LLM = "llm.model";
  private static final String EMBEDDING = "embedding.model";

  /** A server to ask, and what the settings name of it: settings by model. */
  private record Asked(Server server, Map<String, Set<String>> named) {

    void add(String model, String setting) {
      named.computeIfAbsent(model, _ -> new LinkedHashSet<>()).add(setting);
    }
  }

  /**
   * One list of what is built in to answer, one of what is built in to embed, one of each server.
   *
   * @param further providers to ask besides those of the settings, at their usual addresses
   * @throws FailureException of kind {@code USAGE} where a provider is unknown
   */
  List<ModelList> all(List<String> further) {
    List<Provider> providers = further.stream().map(ModelLists::provider).toList();
    List<ModelList> lists = new ArrayList<>();
    lists.add(
        builtIn(
            "built in, answers", List.of("extractive"), settings.llm().model().toString(), LLM));
    lists.add(
        builtIn(
            "built in, embeddings",
            Arrays.stream(BundledModel.values()).map(each -> each.model().name()).toList(),
            settings.embedding().model().toString(),
            EMBEDDING));
    if (!surroundings.offline()) {
      servers(providers).forEach(asked -> lists.add(list(asked)));
    }
    return lists;
  }

  private static ModelList builtIn(
      String title, List<String> names, String chosen, String setting) {
    List<Offer> offers =
        names.stream()
            .map(name -> new Offer(name, name.equals(chosen) ? List.of(setting) : List.of(), true))
            .toList();
    return new ModelList(title, "", offers, null);
  }

  private List<Asked> servers(List<Provider> further) {
    Map<String, Asked> servers = new LinkedHashMap<>();
    new ChatModels(settings.llm(), surroundings)
        .server()
        .ifPresent(server -> asked(servers, server).add(settings.llm().model().name(), LLM));
    new Embedders(settings.embedding(), surroundings)
        .server()
        .ifPresent(
            server -> asked(servers, server).add(settings.embedding().model().name(), EMBEDDING));
    for (Provider provider : further) {
      if (servers.values().stream().noneMatch(each -> each.server().provider() == provider)) {
        asked(servers, usual(provider));
      }
    }
    return List.copyOf(servers.values());
  }

  private static Asked asked(Map<String, Asked> servers, Server server) {
    return servers.computeIfAbsent(
        server.provider() + " " + server.endpoint().baseUrl(),
        _ -> new Asked(server, new LinkedHashMap<>()));
  }

  private Server usual(Provider provider) {
    return new Server(
        provider,
        new Endpoints(surroundings)
            .of(
                provider,
                new Endpoints.Given("llm", null, null, Map.of(), null, Timeouts.DEFAULTS)));
  }

  private ModelList list(Asked asked) {
    Server server = asked.server();
    String address = server.endpoint().baseUrl().toString();
    try {
      List<String> names = ModelCatalog.of(server.provider()).names(exchange(server));
      return new ModelList(server.provider().word(), address, offers(asked, names), null);
    } catch (FailureException e) {
      return new ModelList(
          server.provider().word(), address, offers(asked, List.of()), e.failure());
    }
  }

  private JsonExchange exchange(Server server) {
    return new JsonExchange(
        "the list of models",
        "listing models",
        server.endpoint(),
        server.provider().headers(server.endpoint()),
        new Endpoints(surroundings)
            .transport(server.endpoint(), "the list of models", "look at what is built in"));
  }

  private static List<Offer> offers(Asked asked, List<String> names) {
    Provider provider = asked.server().provider();
    Set<String> all = new TreeSet<>(names);
    asked.named().keySet().stream()
        .filter(model -> names.stream().noneMatch(name -> same(provider, name, model)))
        .forEach(all::add);
    return all.stream()
        .map(name ->
            new Offer(provider.word() + ":" + name, settings(asked, name), names.contains(name)))
        .toList();
  }

  private static List<String> settings(Asked asked, String name) {
    return asked.named().entrySet().stream()
        .filter(entry -> same(asked.server().provider(), name, entry.getKey()))
        .flatMap(entry -> entry.getValue().stream())
        .toList();
  }

  /** Ollama takes a name without a tag for the one tagged as the latest. */
  static boolean same(Provider provider, String listed, String named) {
    return listed.equals(named)
        || (provider == Provider.OLLAMA && listed.equals(named + ":latest"));
  }

  private static Provider provider(String word) {
    return Arrays.stream(Provider.values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new FailureException(
                Failure.Kind.USAGE,
                "there is no provider named '" + word + "'",
                "the providers are "
                    + Arrays.stream(Provider.values())
                        .map(Provider::word)
                        .collect(Collectors.joining(", "))));
  }
}
