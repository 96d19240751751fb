package dev.ragstream.model;

import dev.ragstream.upstream.JsonAnswer;
import dev.ragstream.upstream.JsonExchange;
import dev.ragstream.upstream.Provider;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Where a provider lists its models, and how the list is read. */
public enum ModelCatalog {
  OPENAI("/models", "data", "id"),
  ANTHROPIC("/v1/models?limit=1000", "data", "id"),
  GEMINI("/models?pageSize=1000", "models", "name"),
  OLLAMA("/api/tags", "models", "name");

  /** Gemini's names say what they are of. */
  private static final String RESOURCE = "models/";

  /** A thousand models each, should a server count as it is asked to; what has more is broken. */
  private static final int MOST_PAGES = 20;

  private final String path;
  private final String listField;
  private final String nameField;

  ModelCatalog(String path, String listField, String nameField) {
    this.path = path;
    this.listField = listField;
    this.nameField = nameField;
  }

  public static ModelCatalog of(Provider provider) {
    return switch (provider) {
      case OPENAI, DEEPSEEK -> OPENAI;
      case ANTHROPIC -> ANTHROPIC;
      case GEMINI -> GEMINI;
      case OLLAMA -> OLLAMA;
    };
  }

  /**
   * What a server lists.
   *
   * @param names of the models, as the provider calls them in requests
   * @param whole whether these are all; false where the server has more and does not say where
   */
  public record Listing(List<String> names, boolean whole) {

    public Listing {
      names = List.copyOf(names);
    }
  }

  /**
   * The names of the models, as the provider calls them in requests, from all pages of its list.
   *
   * @throws dev.ragstream.core.FailureException where the server cannot be asked
   */
  public List<String> names(JsonExchange exchange) {
    return listing(exchange).names();
  }

  /**
   * The same, and whether these are all.
   *
   * @throws dev.ragstream.core.FailureException where the server cannot be asked
   */
  public Listing listing(JsonExchange exchange) {
    List<String> names = new ArrayList<>();
    String next = path;
    for (int page = 1; ; page++) {
      JsonAnswer answer = exchange.get(next);
      addNames(answer, names);
      String following = following(answer);
      if (following.isEmpty()) {
        return new Listing(names, !answer.root().path("has_more").asBoolean(false));
      }
      if (page == MOST_PAGES) {
        throw answer.unusable("listed models on more than " + MOST_PAGES + " pages");
      }
      next = path + following;
    }
  }

  private void addNames(JsonAnswer answer, List<String> names) {
    JsonNode list = answer.root().path(listField);
    if (!list.isArray()) {
      throw answer.unusable("answered without the array " + listField);
    }
    for (JsonNode model : list) {
      JsonNode name = model.path(nameField);
      if (!name.isString()) {
        throw answer.unusable("listed a model whose " + nameField + " is no text");
      }
      String whole = name.stringValue();
      names.add(whole.startsWith(RESOURCE) ? whole.substring(RESOURCE.length()) : whole);
    }
  }

  /** What asks for the next page; empty where there is none. */
  private String following(JsonAnswer answer) {
    JsonNode root = answer.root();
    return switch (this) {
      case OPENAI, OLLAMA -> "";
      case ANTHROPIC ->
          root.path("has_more").asBoolean(false)
              ? parameter("after_id", root.path("last_id").asString(""))
              : "";
      case GEMINI -> parameter("pageToken", root.path("nextPageToken").asString(""));
    };
  }

  private static String parameter(String name, String value) {
    return value.isEmpty()
        ? ""
        : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
