package dev.ragstream.model;

import dev.ragstream.upstream.JsonAnswer;
import dev.ragstream.upstream.JsonExchange;
import dev.ragstream.upstream.Provider;
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
   * The names of the models, as the provider calls them in requests.
   *
   * @throws dev.ragstream.core.FailureException where the server cannot be asked
   */
  public List<String> names(JsonExchange exchange) {
    JsonAnswer answer = exchange.get(path);
    JsonNode list = answer.root().path(listField);
    if (!list.isArray()) {
      throw answer.unusable("answered without the array " + listField);
    }
    List<String> names = new ArrayList<>();
    for (JsonNode model : list) {
      JsonNode name = model.path(nameField);
      if (!name.isString()) {
        throw answer.unusable("listed a model whose " + nameField + " is no text");
      }
      String whole = name.stringValue();
      names.add(whole.startsWith(RESOURCE) ? whole.substring(RESOURCE.length()) : whole);
    }
    return names;
  }
}
