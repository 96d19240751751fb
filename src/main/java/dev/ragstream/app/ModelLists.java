package dev.ragstream.app;

import dev.ragstream.app.Endpoints.Server;
import dev.ragstream.config.Settings;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.ModelList;
import dev.ragstream.core.ModelList.Offer;
import dev.ragstream.embed.BundledModel;
import dev.ragstream.model.ModelCatalog;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.JsonExchange;
import dev.ragstream.upstream.Provider;
import dev.ragstream.upstream.Timeouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
      lists.addAll(asked(servers(providers)));
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

  /** The lists of servers that are asked all at once, in the order of the servers. */
  private List<ModelList> asked(List<Asked> servers) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<Asked, Future<ModelList>> answers = new LinkedHashMap<>();
      long asked = System.nanoTime();
      servers.forEach(each -> answers.put(each, threads.submit(() -> list(each))));
      List<ModelList> lists = new ArrayList<>();
      answers.forEach((each, answer) ->
          lists.add(awaited(each, answer, asked + patience(each.server()).toNanos())));
      return lists;
    }
  }

  /** For all pages and retries together; a server that says nothing at all is told of before. */
  private static Duration patience(Server server) {
    Timeouts timeouts = server.endpoint().timeouts();
    return timeouts.connect().plus(timeouts.firstToken());
  }

  private static ModelList awaited(Asked asked, Future<ModelList> answer, long deadline) {
    try {
      return answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      answer.cancel(true);
      return failed(asked, tooSlow(asked.server()));
    } catch (InterruptedException _) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return failed(asked, leftAlone(asked.server()));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static Failure tooSlow(Server server) {
    Endpoint endpoint = server.endpoint();
    return new Failure(
        Failure.Kind.UPSTREAM_STALLED,
        "%s did not list its models within %d s"
            .formatted(Endpoint.shown(endpoint.baseUrl()), patience(server).toSeconds()),
        "ask again, or raise %s if the server is that slow"
            .formatted(endpoint.names().setting("firstTokenTimeout")));
  }

  private static Failure leftAlone(Server server) {
    return new Failure(
        Failure.Kind.INCOMPLETE,
        Endpoint.shown(server.endpoint().baseUrl()) + " was left before it had answered",
        "run the same again");
  }

  private ModelList list(Asked asked) {
    Server server = asked.server();
    try {
      List<String> names = ModelCatalog.of(server.provider()).names(exchange(server));
      return new ModelList(server.provider().word(), address(server), offers(asked, names), null);
    } catch (FailureException e) {
      return failed(asked, e.failure());
    }
  }

  private static ModelList failed(Asked asked, Failure failure) {
    Server server = asked.server();
    return new ModelList(
        server.provider().word(), address(server), offers(asked, List.of()), failure);
  }

  private static String address(Server server) {
    return server.endpoint().baseUrl().toString();
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
