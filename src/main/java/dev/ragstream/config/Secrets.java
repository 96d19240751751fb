package dev.ragstream.config;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Secret;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes {@link Secret}s whose variables are looked up when they are used. */
final class Secrets {

  /** A variable alone, or after the name of an authentication scheme; all else may be secret. */
  private static final Pattern SHOWABLE =
      Pattern.compile("([A-Za-z]{1,10} )?\\$\\{[A-Za-z_][A-Za-z0-9_]*}");

  private Secrets() {}

  /**
   * Wraps what was written.
   *
   * @param name of the secret: the setting's, or the setting's and the header's
   * @throws UnfitException where a variable is misspelt
   */
  static Secret of(String name, String written, Setter setter) {
    String text = written.strip();
    Interpolation.check(text);
    String placeholder =
        SHOWABLE.matcher(text).matches()
            ? Interpolation.placeholder(text)
            : "$" + EnvironmentLayer.PREFIX + variable(name);
    return new Secret(placeholder, source(text, setter), () -> reveal(name, text, setter));
  }

  /** The variables that it is taken from and where they are named, or where it stands itself. */
  private static String source(String text, Setter setter) {
    String origin =
        setter.origin() instanceof Origin.Variable(var variable)
            ? "$" + variable
            : setter.origin().toString();
    List<String> variables = Interpolation.variables(text);
    return variables.isEmpty()
        ? origin
        : variables.stream().map("$"::concat).collect(Collectors.joining(" and "))
            + ", which %s names".formatted(origin);
  }

  private static String variable(String name) {
    String words = name.replaceAll("([a-z])([A-Z])", "$1_$2");
    return words.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private static String reveal(String name, String text, Setter setter) {
    try {
      String value = Interpolation.apply(text, setter.environment()).strip();
      if (value.chars().anyMatch(Character::isISOControl)) {
        throw new UnfitException(
            "holds a line break or another control character", "remove it from the value");
      }
      return value;
    } catch (UnfitException e) {
      throw new FailureException(
          Failure.Kind.SETTINGS,
          "%s: %s %s".formatted(setter.origin(), name, e.problem()),
          e.remedy());
    }
  }
}
