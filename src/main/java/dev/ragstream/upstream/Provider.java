package dev.ragstream.upstream;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Secret;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/** A provider of models: where it is, and where its users keep its address and key. */
public enum Provider {
  OPENAI("https://api.openai.com/v1", "OPENAI_BASE_URL", "OPENAI_API_KEY"),
  DEEPSEEK("https://api.deepseek.com", "", "DEEPSEEK_API_KEY"),
  ANTHROPIC("https://api.anthropic.com", "ANTHROPIC_BASE_URL", "ANTHROPIC_API_KEY"),
  GEMINI("https://generativelanguage.googleapis.com/v1beta", "", "GEMINI_API_KEY"),
  OLLAMA("http://127.0.0.1:11434", "OLLAMA_HOST", "OLLAMA_API_KEY") {
    @Override
    URI parse(String given) {
      return ollamaHost(given);
    }
  };

  private final URI standard;
  private final String addressVariable;
  private final String keyVariable;

  /**
   * @param addressVariable empty where its users have none
   */
  Provider(String standard, String addressVariable, String keyVariable) {
    this.standard = URI.create(standard);
    this.addressVariable = addressVariable;
    this.keyVariable = keyVariable;
  }

  /** As it stands before the colon of a model's name. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its own address. */
  public URI standard() {
    return standard;
  }

  /** The environment variable that its users keep their key in. */
  public String keyVariable() {
    return keyVariable;
  }

  /**
   * The address that the environment gives, else its own.
   *
   * @throws FailureException of kind {@code SETTINGS} where the variable holds none
   */
  public URI address(Map<String, String> environment) {
    String given = environment.getOrDefault(addressVariable, "").strip();
    try {
      return given.isEmpty() ? standard : parse(given);
    } catch (IllegalArgumentException _) {
      throw new FailureException(
          Failure.Kind.SETTINGS,
          "the variable " + addressVariable + " holds no address",
          "set it to one such as " + standard + ", or unset it");
    }
  }

  /** The key of the environment; one that is not set reveals a blank. */
  public Secret key(Map<String, String> environment) {
    return new Secret("$" + keyVariable, () -> environment.getOrDefault(keyVariable, ""));
  }

  /** The headers of a request to such a server, with the key where it wants it. */
  public Map<String, Secret> headers(Endpoint endpoint) {
    return switch (this) {
      case OPENAI, DEEPSEEK, OLLAMA -> endpoint.bearerHeaders();
      case ANTHROPIC -> {
        Map<String, Secret> headers = endpoint.headersWithKey("x-api-key", "");
        headers.putIfAbsent("anthropic-version", new Secret("2023-06-01", () -> "2023-06-01"));
        yield headers;
      }
      case GEMINI -> endpoint.headersWithKey("x-goog-api-key", "");
    };
  }

  URI parse(String given) {
    return URI.create(given);
  }

  /**
   * As Ollama itself reads it: scheme, host and port may each be left out, and the address of all
   * interfaces, which a server listens on, is asked on the loopback.
   */
  private static URI ollamaHost(String given) {
    boolean whole = given.contains("://");
    String standing = given.startsWith(":") ? "127.0.0.1" + given : given;
    URI address = URI.create(whole ? given : "http://" + standing);
    String host = address.getHost();
    if (host == null) {
      throw new IllegalArgumentException(given);
    }
    String asked =
        switch (host) {
          case "0.0.0.0" -> "127.0.0.1";
          case "[::]" -> "[::1]";
          case String other -> other;
        };
    String port = address.getPort() >= 0 ? ":" + address.getPort() : whole ? "" : ":11434";
    return URI.create(address.getScheme() + "://" + asked + port + address.getRawPath());
  }
}
