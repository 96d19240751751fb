package dev.ragstream.app;

import dev.ragstream.app.Endpoints.Server;
import dev.ragstream.config.LlmSettings;
import dev.ragstream.config.ModelName;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Finding;
import dev.ragstream.core.Nearest;
import dev.ragstream.model.ChatApi;
import dev.ragstream.model.ModelCatalog;
import dev.ragstream.model.ModelCatalog.Listing;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.JsonExchange;
import dev.ragstream.upstream.Provider;
import dev.ragstream.upstream.RetryPolicy;
import dev.ragstream.upstream.StatusException;
import dev.ragstream.upstream.Transport;
import dev.ragstream.upstream.UpstreamBody;
import dev.ragstream.upstream.UpstreamFailures;
import dev.ragstream.upstream.UpstreamRequest;
import java.nio.file.Path;
import java.time.Duration;

/** Finds out whether the model that the settings name could answer, without asking it anything. */
record ModelCheck(LlmSettings llm, Path projectFolder, Surroundings surroundings) {

  private static final String SUBJECT = "model";

  /** Longer than a server needs that would be of any use. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Takes ten seconds at most. */
  Finding finding() {
    try {
      return look();
    } catch (FailureException e) {
      return Finding.broken(SUBJECT, e.failure());
    }
  }

  /**
   * The same for somebody who wants to know the kind of failure.
   *
   * @throws FailureException where it could not answer
   */
  Finding look() {
    return switch (llm.model().provider()) {
      case EXTRACTIVE ->
          Finding.good(
              SUBJECT, "extractive answers with sentences of the passages; no LLM is named");
      case REPLAY -> replayed();
      case CUSTOM -> reached(models().api().orElseThrow());
      case OPENAI, DEEPSEEK, ANTHROPIC, GEMINI, OLLAMA -> listed(models().server().orElseThrow());
    };
  }

  private Finding replayed() {
    ModelName model = llm.model();
    int runs = Cassettes.file(model, projectFolder).read().size();
    return Finding.good(SUBJECT, model + " holds " + runs + (runs == 1 ? " run" : " runs"));
  }

  /** A server that says nothing of its models is only knocked at. */
  private Finding reached(ChatApi api) {
    Endpoint endpoint = api.endpoint().within(PATIENCE);
    UpstreamRequest request =
        new UpstreamRequest(
            endpoint.baseUrl(), UpstreamRequest.JSON, endpoint.bearerHeaders(), null);
    UpstreamFailures failures = new UpstreamFailures(name(), endpoint, request.url());
    try (UpstreamBody _ = transport(endpoint).open(request, failures)) {
      return reached(endpoint);
    } catch (StatusException e) {
      if (e.failure().kind() == Failure.Kind.UPSTREAM_UNAUTHORIZED) {
        throw e;
      }
      return reached(endpoint);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw failures.interrupted();
    }
  }

  private Finding reached(Endpoint endpoint) {
    return Finding.good(
        SUBJECT, name() + ": its server at " + Endpoint.shown(endpoint.baseUrl()) + " answers");
  }

  private Finding listed(Server server) {
    Endpoint endpoint = server.endpoint().within(PATIENCE);
    Provider provider = server.provider();
    String address = Endpoint.shown(endpoint.baseUrl());
    JsonExchange exchange =
        new JsonExchange(
            name(), "listing models", endpoint, provider.headers(endpoint), transport(endpoint));
    try {
      Listing listing = ModelCatalog.of(provider).listing(exchange);
      String named = llm.model().name();
      return listing.names().stream().anyMatch(each -> ModelLists.same(provider, each, named))
          ? Finding.good(SUBJECT, name() + " is offered by " + address)
          : missing(provider, address, listing);
    } catch (StatusException e) {
      if (e.status() != 404 && e.status() != 405) {
        throw e;
      }
      return unlisted(address);
    }
  }

  private Finding unlisted(String address) {
    return Finding.warning(
        SUBJECT,
        address + " answers, but lists no models; it may have " + name() + " all the same",
        "ask it something: ragstream ask \"Is anybody there?\"");
  }

  private Finding missing(Provider provider, String address, Listing listing) {
    String observation = address + " does not list " + name();
    String near =
        Nearest.to(llm.model().name(), listing.names())
            .map(each -> "did you mean " + provider.word() + ":" + each + "? ")
            .orElse("");
    if (provider == Provider.OLLAMA) {
      String remedy = near + "'ollama pull " + llm.model().name() + "' fetches it";
      throw new FailureException(Failure.Kind.SETTINGS, observation, remedy);
    }
    if (listing.names().isEmpty()) {
      return unlisted(address);
    }
    String remedy = near + "'ragstream models' shows what it lists";
    String doubt = doubt(provider, listing);
    // Not thrown: a server that has one model, such as llama.cpp's, answers whatever name it reads.
    return doubt.isEmpty()
        ? new Finding(Finding.Level.BROKEN, SUBJECT, observation, remedy)
        : Finding.warning(SUBJECT, observation + "; " + doubt, remedy);
  }

  /** Why a model may be there that is not listed; empty where that cannot be. */
  private static String doubt(Provider provider, Listing listing) {
    if (!listing.whole()) {
      return "but its list goes on, and only the beginning was read";
    }
    return switch (provider) {
      case ANTHROPIC -> "but it knows short names for models that its list does not have";
      case OPENAI, DEEPSEEK, GEMINI, OLLAMA -> "";
    };
  }

  private Transport transport(Endpoint endpoint) {
    return new Endpoints(surroundings)
        .transport(endpoint, RetryPolicy.none(), "the model " + name(), "use -m extractive");
  }

  private ChatModels models() {
    return new ChatModels(llm, surroundings);
  }

  private String name() {
    return llm.model().toString();
  }
}
