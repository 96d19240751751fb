package dev.ragstream.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Several values; as text they stand between commas. */
record ListType() implements ValueType {

  /** A comma that is not part of a glob such as <code>*.{md,txt}</code>. */
  private static final Pattern COMMA = Pattern.compile(",(?![^{]*})");

  @Override
  public String accepts() {
    return "a list such as [first, second]";
  }

  @Override
  public Object read(Written written, Setter setter) {
    List<String> items =
        switch (written) {
          case Written.Text(var text) -> List.of(COMMA.split(text));
          case Written.Items(var list) -> list;
          case Written.Entries _ ->
              throw new UnfitException("takes a list, not a section", "use " + accepts());
        };
    List<String> values = new ArrayList<>();
    for (String item : items) {
      String value = Interpolation.apply(item, setter.environment()).strip();
      if (value.isEmpty()) {
        throw new UnfitException("holds an empty value", "use " + accepts());
      }
      values.add(value);
    }
    return List.copyOf(values);
  }

  @Override
  public Object unset() {
    return List.of();
  }
}
