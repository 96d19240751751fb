package dev.ragstream.model;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Picks what stands at known places out of JSON, without building a tree: whatever is unknown is
 * skipped, and what has an unexpected type counts as absent. Places are JSON pointers (RFC 6901) in
 * which {@code *} stands for each element of an array.
 *
 * @param <T> what takes the values
 */
final class JsonPaths<T> {

  private final Map<String, JsonPaths<T>> children = new HashMap<>();
  private @Nullable JsonPaths<T> eachElement;
  private @Nullable Value<T> value;
  private @Nullable Consumer<T> end;

  /** Takes the value that the parser stands at, whatever it is, and goes no further than that. */
  private interface Value<T> {

    void take(T target, JsonParser json, JsonToken token);
  }

  /** Texts at this place; empty ones count as absent. */
  JsonPaths<T> text(String pointer, BiConsumer<? super T, String> taker) {
    return value(
        pointer,
        (target, json, token) -> {
          if (token == JsonToken.VALUE_STRING && json.getStringLength() > 0) {
            taker.accept(target, json.getString());
          }
        });
  }

  /** Whole numbers at this place that fit into an {@code int}. */
  JsonPaths<T> number(String pointer, ObjIntConsumer<? super T> taker) {
    return value(
        pointer,
        (target, json, token) -> {
          if (token == JsonToken.VALUE_NUMBER_INT
              && json.getNumberType() == JsonParser.NumberType.INT) {
            taker.accept(target, json.getIntValue());
          }
        });
  }

  /** Where {@code true} stands at this place. */
  JsonPaths<T> truth(String pointer, Consumer<? super T> taker) {
    return value(
        pointer,
        (target, _, token) -> {
          if (token == JsonToken.VALUE_TRUE) {
            taker.accept(target);
          }
        });
  }

  /** Where anything but {@code null} stands at this place. */
  JsonPaths<T> present(String pointer, Consumer<? super T> taker) {
    return value(
        pointer,
        (target, _, token) -> {
          if (token != JsonToken.VALUE_NULL) {
            taker.accept(target);
          }
        });
  }

  /** Where this place is, whatever stands there. */
  JsonPaths<T> there(String pointer, Consumer<? super T> taker) {
    return value(pointer, (target, _, _) -> taker.accept(target));
  }

  /** Where the object or array at this place ends, after what was taken from inside it. */
  JsonPaths<T> end(String pointer, Consumer<T> taker) {
    at(pointer).end = taker;
    return this;
  }

  /**
   * Reads one value.
   *
   * @return whether any of the known places was there
   * @throws JacksonException where it is no JSON
   */
  boolean read(FrameJson frame, T target) {
    return frame.read(json -> take(target, json, json.nextToken()));
  }

  private boolean take(T target, JsonParser json, @Nullable JsonToken token) {
    boolean known = value != null;
    if (value != null && token != null) {
      value.take(target, json, token);
    }
    if (token == JsonToken.START_OBJECT && !children.isEmpty()) {
      known |= object(target, json);
    } else if (token == JsonToken.START_ARRAY && (eachElement != null || !children.isEmpty())) {
      known |= array(target, json);
    } else {
      json.skipChildren();
      return known;
    }
    if (end != null) {
      end.accept(target);
    }
    return known;
  }

  private boolean object(T target, JsonParser json) {
    boolean known = false;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      JsonToken token = json.nextToken();
      JsonPaths<T> child = children.get(name);
      if (child == null) {
        json.skipChildren();
      } else {
        known |= child.take(target, json, token);
      }
    }
    return known;
  }

  private boolean array(T target, JsonParser json) {
    boolean known = false;
    JsonToken token = json.nextToken();
    for (int i = 0; token != JsonToken.END_ARRAY; i++) {
      JsonPaths<T> child = eachElement == null ? children.get(Integer.toString(i)) : eachElement;
      if (child == null) {
        json.skipChildren();
      } else {
        known |= child.take(target, json, token);
      }
      token = json.nextToken();
    }
    return known;
  }

  /** The same place may be taken in several ways. */
  private JsonPaths<T> value(String pointer, Value<T> taker) {
    JsonPaths<T> place = at(pointer);
    Value<T> before = place.value;
    place.value =
        before == null
            ? taker
            : (target, json, token) -> {
              before.take(target, json, token);
              taker.take(target, json, token);
            };
    return this;
  }

  private JsonPaths<T> at(String pointer) {
    JsonPaths<T> place = this;
    for (String token : pointer.substring(1).split("/", -1)) {
      place = place.child(token.replace("~1", "/").replace("~0", "~"));
    }
    return place;
  }

  private JsonPaths<T> child(String token) {
    if (!token.equals("*")) {
      return children.computeIfAbsent(token, _ -> new JsonPaths<>());
    }
    if (eachElement == null) {
      eachElement = new JsonPaths<>();
    }
    return eachElement;
  }
}
