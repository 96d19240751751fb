package dev.ragstream.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Several values of one type; as text they stand between commas. */
record ListType(String accepts, ScalarType item) implements ValueType {

  /** A comma that is not part of a glob such as <code>*.{md,txt}</code>. */
  private static final Pattern COMMA = Pattern.compile(",(?![^{]*})");

  @Override
  public Object read(Written written, Setter setter) {
    List<Object> values = new ArrayList<>();
    switch (written) {
      case Written.Text(var text) -> {
        // A variable may hold several values, so it is replaced before the commas are looked for.
        for (String part : List.of(COMMA.split(Interpolation.apply(text, setter.environment())))) {
          values.add(value(Interpolation.isIn(text) ? text : part, part, setter));
        }
      }
      case Written.Items(var items) -> {
        for (String text : items) {
          values.add(value(text, Interpolation.apply(text, setter.environment()), setter));
        }
      }
      case Written.Entries _ ->
          throw new UnfitException("takes a list, not a section", "use " + accepts);
    }
    return List.copyOf(values);
  }

  private Object value(String written, String text, Setter setter) {
    if (text.isBlank()) {
      throw new UnfitException("holds an empty value", "use " + accepts);
    }
    return item.parse(written, text, setter);
  }

  @Override
  public Object unset() {
    return List.of();
  }
}
