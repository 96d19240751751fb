package dev.ragstream.app;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.ProxyAddress;
import dev.ragstream.core.Secret;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.HttpTransport;
import dev.ragstream.upstream.Provider;
import dev.ragstream.upstream.Proxies;
import dev.ragstream.upstream.RetryPolicy;
import dev.ragstream.upstream.Timeouts;
import dev.ragstream.upstream.Transport;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the servers of models are, and which key is sent to which of them. */
record Endpoints(Surroundings surroundings) {

  /** A provider's server. */
  record Server(Provider provider, Endpoint endpoint) {}

  /**
   * What the settings say of a server.
   *
   * @param section of the settings: {@code llm}
   * @param proxy null: the environment's, where it has one
   */
  record Given(
      String section,
      @Nullable URI baseUrl,
      @Nullable Secret apiKey,
      Map<String, Secret> headers,
      @Nullable ProxyAddress proxy,
      Timeouts timeouts) {}

  /**
   * A key of the environment goes to the address of the environment, never to one of the settings.
   */
  Endpoint of(Provider provider, Given given) {
    Map<String, String> environment = surroundings.environment();
    URI address = given.baseUrl();
    Secret key = given.apiKey();
    if (address == null) {
      address = provider.address(environment);
      if (key == null) {
        key = provider.key(environment);
      }
    }
    return endpoint(address, key, given, provider.keyVariable());
  }

  /** The endpoint of a server of one's own, which has no key but that of the settings. */
  Endpoint of(URI address, Given given) {
    return endpoint(address, given.apiKey(), given, null);
  }

  private Endpoint endpoint(
      URI address, @Nullable Secret key, Given given, @Nullable String keyVariable) {
    return new Endpoint(
        address,
        key,
        given.headers(),
        given.proxy() == null
            ? Proxies.forAddress(address, surroundings.environment())
            : given.proxy(),
        surroundings.secrets(),
        given.timeouts(),
        new Endpoint.Names(given.section(), keyVariable));
  }

  /**
   * The way to an endpoint; where there may be no network, one that refuses.
   *
   * @param what needs it, for the message: {@code the embedding model openai:NAME}
   * @param without what works without a network, as a remedy
   */
  Transport transport(Endpoint endpoint, String what, String without) {
    return transport(endpoint, RetryPolicy.standard(), what, without);
  }

  /** The same with other patience. */
  Transport transport(Endpoint endpoint, RetryPolicy retries, String what, String without) {
    if (!surroundings.offline()) {
      return new HttpTransport(endpoint, retries, surroundings.notices());
    }
    return (_, _) -> {
      throw new FailureException(
          Failure.Kind.OFFLINE,
          what + " needs a network, and --offline forbids it",
          "leave --offline out, or " + without);
    };
  }
}
