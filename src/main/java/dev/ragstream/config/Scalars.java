package dev.ragstream.config;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types of single values. */
final class Scalars {

  static final ScalarType TEXT = new ScalarType("text", (text, _) -> text);
  static final ScalarType TRUTH =
      new ScalarType(
          "true or false",
          false,
          List.of("true", "false"),
          (text, _) ->
              text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null);
  static final ScalarType PATH = new ScalarType("a path", Scalars::path);
  static final ScalarType ADDRESS =
      address("http://localhost:8000/v1", "put the key into llm.apiKey or llm.headers");
  static final ScalarType NODE =
      address("http://localhost:9200", "use store.user and store.password");
  static final ScalarType INDEX =
      new ScalarType(
          "a name in lower case, at most 200 bytes, that does not begin with -, _ or + and holds"
              + " none of \\ / * ? \" < > | , # : and no blank",
          (text, _) -> IndexName.parse(text));
  static final ScalarType FINGERPRINT =
      new ScalarType(
          "64 hexadecimal digits, with or without colons", (text, _) -> Fingerprint.parse(text));
  static final ScalarType POINTER =
      new ScalarType(
          "a JSON pointer such as /choices/0/delta/content", (text, _) -> JsonPointer.parse(text));
  static final ScalarType SIZE =
      new ScalarType("a size such as 256MB or 64KiB", (text, _) -> ByteSize.parse(text));
  static final ScalarType DURATION =
      new ScalarType("a duration from 1ms to 1h, such as 10s", (text, _) -> Durations.parse(text));
  static final ScalarType MODEL = new ScalarType(ModelName.accepted(), Scalars::model);
  static final ScalarType SPEED =
      new ScalarType(
          "max (at once), or a number such as 1 (in real time) or 2 (twice as fast)",
          (text, _) -> ReplaySpeed.parse(text));
  static final ScalarType EMBEDDER =
      new ScalarType(
          "a bundled model such as bge-small-en, openai:NAME or ollama:NAME",
          (text, _) -> EmbedderName.parse(text));
  static final ScalarType TEMPLATE =
      new ScalarType(
          "a template's name or a file",
          (text, setter) ->
              text.matches("[\\w-]+")
                  ? new TemplateSource.Named(text)
                  : new TemplateSource.InFile(path(text, setter)));

  /** An address, well formed or not, with something before an @ where the host belongs. */
  private static final Pattern WITH_USER = Pattern.compile("([^/]*//)?[^/]*@.*", Pattern.DOTALL);

  private Scalars() {}

  static ScalarType whole(double min, double max) {
    return new ScalarType(
        "a whole number" + range(min, max),
        true,
        (text, _) -> within(min, max, Integer.valueOf(text)));
  }

  static ScalarType decimal(double min, double max) {
    return new ScalarType(
        "a number" + range(min, max),
        true,
        (text, _) ->
            text.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")
                ? within(min, max, Double.valueOf(text))
                : null);
  }

  /** The constants of an enum, in lower case. */
  static ScalarType choice(Class<?> type) {
    var byName =
        Arrays.stream(type.getEnumConstants())
            .collect(Collectors.toMap(Scalars::wireName, Function.identity()));
    List<String> names = Arrays.stream(type.getEnumConstants()).map(Scalars::wireName).toList();
    return new ScalarType(Phrase.list(names, "or"), true, names, (text, _) -> byName.get(text));
  }

  private static String wireName(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
  }

  private static <N extends Number> @Nullable N within(double min, double max, N number) {
    double value = number.doubleValue();
    return value >= min && value <= max ? number : null;
  }

  private static String range(double min, double max) {
    String from = Double.isInfinite(min) ? "" : " from " + plain(min);
    return from + (Double.isInfinite(max) ? "" : " to " + plain(max));
  }

  private static String plain(double limit) {
    return limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
  }

  private static @Nullable ModelName model(String text, Setter setter) {
    ModelName.requireProvider(text);
    ModelName model = ModelName.parse(text);
    return model != null && model.provider() == ModelName.Provider.REPLAY
        ? new ModelName(model.provider(), path(model.name(), setter).toString())
        : model;
  }

  private static Path path(String text, Setter setter) {
    if (text.startsWith("~")) {
      throw new UnfitException("cannot start with ~", "write ${HOME} in its place");
    }
    try {
      return setter.folder().resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * An address on the web.
   *
   * @param credentials where a user's name and password belong instead
   */
  private static ScalarType address(String example, String credentials) {
    return new ScalarType(
        "an address such as " + example,
        (text, _) -> {
          if (WITH_USER.matcher(text).matches()) {
            throw new UnfitException("holds a user name or a password", credentials);
          }
          if (text.contains("?") || text.contains("#")) {
            throw new UnfitException(
                "holds a query, after which no path can follow",
                "leave out what follows the ? or #; " + credentials);
          }
          URI uri = URI.create(text);
          boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
          return web && uri.getHost() != null ? uri : null;
        });
  }
}
