package dev.ragstream.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts environment variables in the place of <code>${NAME}</code>. */
final class Interpolation {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private Interpolation() {}

  static boolean isIn(Written written) {
    return switch (written) {
      case Written.Text(var text) -> isIn(text);
      case Written.Items(var items) -> items.stream().anyMatch(Interpolation::isIn);
      case Written.Entries(var entries) -> entries.values().stream().anyMatch(Interpolation::isIn);
    };
  }

  static boolean isIn(String text) {
    return text.contains("${");
  }

  /**
   * Refuses <code>${</code> that no variable follows, before it is taken for a value.
   *
   * @throws UnfitException that does not repeat the text, which may be secret
   */
  static void check(String text) {
    if (isIn(VARIABLE.matcher(text).replaceAll(""))) {
      throw new UnfitException(
          "holds ${ without a variable's name and }",
          "write ${NAME}, for example ${OPENAI_API_KEY}");
    }
  }

  /** The variables that a text names, each once. */
  static List<String> variables(String text) {
    return VARIABLE.matcher(text).results().map(match -> match.group(1)).distinct().toList();
  }

  /** The first variable that is not set, or holds nothing but blanks. */
  static Optional<String> missing(String text, Map<String, String> environment) {
    return variables(text).stream()
        .filter(name -> environment.getOrDefault(name, "").isBlank())
        .findFirst();
  }

  /**
   * The text with its variables' values.
   *
   * @throws UnfitException where one is missing
   */
  static String apply(String text, Map<String, String> environment) {
    check(text);
    missing(text, environment)
        .ifPresent(name -> {
          throw new UnfitException(
              "takes its value from %s, which is not set".formatted(name),
              "set %s in the environment, or write the value itself".formatted(name));
        });
    return VARIABLE.matcher(text).replaceAll(match -> quoted(environment, match.group(1)));
  }

  private static String quoted(Map<String, String> environment, String name) {
    return Matcher.quoteReplacement(environment.getOrDefault(name, ""));
  }

  /** The text as a shell would have it: <code>${NAME}</code> becomes {@code $NAME}. */
  static String placeholder(String text) {
    return VARIABLE.matcher(text).replaceAll("\\$$1");
  }
}
