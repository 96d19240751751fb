package dev.ragstream.config;

import dev.ragstream.core.Nearest;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One value, read from text in which the variables have been replaced.
 *
 * @param words those that it accepts, where they can be listed
 * @param parser null, or an {@link IllegalArgumentException}, for what is not accepted
 */
record ScalarType(
    String accepts,
    boolean limited,
    List<String> words,
    BiFunction<String, Setter, @Nullable Object> parser)
    implements ValueType {

  ScalarType(String accepts, BiFunction<String, Setter, @Nullable Object> parser) {
    this(accepts, false, parser);
  }

  ScalarType(String accepts, boolean limited, BiFunction<String, Setter, @Nullable Object> parser) {
    this(accepts, limited, List.of(), parser);
  }

  @Override
  public Object read(Written written, Setter setter) {
    String text = text(written, this);
    return parse(text, Interpolation.apply(text, setter.environment()), setter);
  }

  /**
   * Reads a value whose variables have been replaced.
   *
   * @param written the value before that, to be shown
   * @throws UnfitException where it is not accepted
   */
  Object parse(String written, String text, Setter setter) {
    Object value;
    try {
      value = parser.apply(text.strip(), setter);
    } catch (IllegalArgumentException e) {
      value = null;
    }
    if (value == null) {
      throw new UnfitException(
          "cannot be " + shown(written),
          Nearest.to(text.strip(), words).map("did you mean %s? "::formatted).orElse("")
              + "use "
              + accepts);
    }
    return value;
  }

  /**
   * The text of something that has to be one value.
   *
   * @throws UnfitException where it is more than that
   */
  static String text(Written written, ValueType type) {
    if (written instanceof Written.Text(var text)) { // a switch would be linked at every start
      return text;
    }
    String what = written instanceof Written.Items ? "a list" : "a section";
    throw new UnfitException("takes one value, not " + what, "use " + type.accepts());
  }

  static String shown(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= 60 ? line : line.substring(0, line.offsetByCodePoints(0, 57)) + "…";
  }
}
