package dev.ragstream.core;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A value that no log, message or page may show, such as the key of a model's server. Only {@link
 * #reveal()} gives it away, and it is looked up no earlier than that.
 */
public final class Secret {

  private final String placeholder;
  private final String source;
  private final Supplier<String> value;

  /**
   * Wraps a value.
   *
   * @param placeholder what people see in its place, spelt so that a shell would put the value
   *     there: {@code $OPENAI_API_KEY}
   * @param value may throw a {@link FailureException} of kind {@code SETTINGS} where the value is
   *     missing
   */
  public Secret(String placeholder, Supplier<String> value) {
    this(placeholder, placeholder, value);
  }

  /**
   * The same for a value that does not stand in the variable of its placeholder.
   *
   * @param source where a user finds the value, in words: {@code ragstream.yaml:3}
   */
  public Secret(String placeholder, String source, Supplier<String> value) {
    this.placeholder = placeholder;
    this.source = source;
    this.value = value;
  }

  public String placeholder() {
    return placeholder;
  }

  /** Where a user finds the value. */
  public String source() {
    return source;
  }

  /** Another spelling of it, or a part. */
  Secret as(UnaryOperator<String> spelling) {
    return new Secret(placeholder, source, () -> spelling.apply(reveal()));
  }

  /** The same with something before it, such as {@code Bearer }; a blank value stays blank. */
  public Secret prefixed(String prefix) {
    return new Secret(
        prefix + placeholder,
        source,
        () -> {
          String revealed = reveal();
          return revealed.isBlank() ? "" : prefix + revealed;
        });
  }

  /** The value itself, for the one place that sends it. */
  public String reveal() {
    return value.get();
  }

  @Override
  public String toString() {
    return placeholder;
  }
}
