package dev.ragstream.app;

import dev.ragstream.core.FailureException;
import dev.ragstream.core.Finding;
import dev.ragstream.model.ModelCatalog;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.HttpTransport;
import dev.ragstream.upstream.JsonExchange;
import dev.ragstream.upstream.Provider;
import dev.ragstream.upstream.RetryPolicy;
import dev.ragstream.upstream.Timeouts;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Model servers that run on this machine where such servers usually do.
 *
 * @param places where to look
 */
record LocalServers(List<Place> places) {

  private static final Timeouts TIMEOUTS =
      new Timeouts(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(2));

  /**
   * Where a server may be.
   *
   * @param name for people
   */
  record Place(String name, Provider provider, URI address) {}

  /**
   * Ollama, wherever the environment says that it is, and the usual ports of servers that speak as
   * OpenAI does.
   *
   * @throws FailureException where the environment gives Ollama no address
   */
  static LocalServers usual(Map<String, String> environment) {
    return new LocalServers(
        List.of(
            new Place("Ollama", Provider.OLLAMA, Provider.OLLAMA.address(environment)),
            openAi("LM Studio", 1234),
            openAi("Jan", 1337),
            openAi("GPT4All", 4891),
            openAi("a server such as vLLM", 8000),
            openAi("a server such as llama.cpp", 8080)));
  }

  private static Place openAi(String name, int port) {
    return new Place(name, Provider.OPENAI, URI.create("http://127.0.0.1:" + port + "/v1"));
  }

  /**
   * A finding for each that runs and lists models; takes a few seconds at most.
   *
   * @param known addresses that the settings name already
   */
  List<Finding> running(List<URI> known) {
    List<Future<Optional<Finding>>> looks;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      looks =
          places.stream()
              .filter(place ->
                  known.stream().noneMatch(each -> each.getPort() == place.address().getPort()))
              .map(place -> threads.submit(() -> look(place)))
              .toList();
    }
    return looks.stream()
        .filter(each -> each.state() == Future.State.SUCCESS)
        .map(Future::resultNow)
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Finding> look(Place place) {
    Endpoint endpoint =
        new Endpoint(place.address(), null, Map.of(), TIMEOUTS, new Endpoint.Names("llm", null));
    JsonExchange exchange =
        new JsonExchange(
            place.name(),
            "listing models",
            endpoint,
            new HttpTransport(endpoint, RetryPolicy.none(), _ -> {}));
    try {
      List<String> models = ModelCatalog.of(place.provider()).names(exchange);
      return models.isEmpty() ? Optional.empty() : Optional.of(found(place, models));
    } catch (FailureException _) {
      return Optional.empty();
    }
  }

  private static Finding found(Place place, List<String> models) {
    String name = place.provider().word() + ":" + models.getFirst();
    String address =
        place.provider() == Provider.OLLAMA ? "" : "--set llm.baseUrl=" + place.address() + " ";
    String count = models.size() == 1 ? "one model" : models.size() + " models";
    return new Finding(
        Finding.Level.GOOD,
        "nearby",
        "%s at %s has %s, and the settings do not name it"
            .formatted(place.name(), place.address(), count),
        "to ask it: ragstream ask " + address + "-m " + name + " \"…\"");
  }
}
