package dev.ragstream.render;

import dev.ragstream.core.FailureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An object of which each field must be what is asked for; fields that nobody asks for are left
 * alone.
 *
 * @param path what it is called, such as {@code retrieved.passages[2]}
 * @param refusal makes what is thrown, from what is wrong
 */
public record JsonObject(JsonNode node, String path, Function<String, FailureException> refusal) {

  public JsonObject {
    if (!node.isObject()) {
      throw refusal.apply(path + " is no object");
    }
  }

  public boolean has(String name) {
    return node.has(name);
  }

  public String text(String name) {
    JsonNode value = field(name);
    if (!value.isString()) {
      throw unfit(name, "no text");
    }
    return value.stringValue();
  }

  public int integer(String name) {
    JsonNode value = field(name);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw unfit(name, "no whole number");
    }
    return value.intValue();
  }

  public long longInteger(String name) {
    JsonNode value = field(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw unfit(name, "no whole number");
    }
    return value.longValue();
  }

  public double number(String name) {
    JsonNode value = field(name);
    if (!value.isNumber()) {
      throw unfit(name, "no number");
    }
    return value.doubleValue();
  }

  public JsonObject object(String name) {
    return new JsonObject(field(name), path + "." + name, refusal);
  }

  public @Nullable JsonObject objectOrNull(String name) {
    return has(name) ? object(name) : null;
  }

  public <T> List<T> objects(String name, Function<JsonObject, T> reading) {
    List<T> objects = new ArrayList<>();
    for (JsonNode item : array(name)) {
      String itsPath = "%s.%s[%d]".formatted(path, name, objects.size());
      objects.add(reading.apply(new JsonObject(item, itsPath, refusal)));
    }
    return List.copyOf(objects);
  }

  public List<Integer> integers(String name) {
    List<Integer> integers = new ArrayList<>();
    for (JsonNode item : array(name)) {
      if (!item.isIntegralNumber() || !item.canConvertToInt()) {
        throw unfit(name, "no list of whole numbers");
      }
      integers.add(item.intValue());
    }
    return List.copyOf(integers);
  }

  /** The object in a field, whose own fields are all texts. */
  public Map<String, String> texts(String name) {
    JsonObject object = object(name);
    Map<String, String> texts = new TreeMap<>();
    object.node().propertyNames().forEach(key -> texts.put(key, object.text(key)));
    return texts;
  }

  public <E extends Enum<E>> E constant(String name, Class<E> type) {
    String text = text(name);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    throw refusal.apply("%s.%s is '%s', which is not known".formatted(path, name, text));
  }

  public FailureException unfit(String name, String what) {
    return refusal.apply("%s.%s is %s".formatted(path, name, what));
  }

  private JsonNode array(String name) {
    JsonNode value = field(name);
    if (!value.isArray()) {
      throw unfit(name, "no list");
    }
    return value;
  }

  private JsonNode field(String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw unfit(name, "missing");
    }
    return value;
  }
}
