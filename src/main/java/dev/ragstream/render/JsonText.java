package dev.ragstream.render;

import java.util.regex.Pattern;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON that is whole in UTF-8 and harmless to a terminal, and still says the same: control
 * characters and direction overrides stand as escapes, lone halves of a surrogate pair as U+FFFD.
 */
public final class JsonText {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
  private static final ObjectWriter PRETTY =
      MAPPER
          .writer()
          .with(
              new DefaultPrettyPrinter().withObjectIndenter(INDENTER).withArrayIndenter(INDENTER));

  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");
  private static final Pattern UNSAFE =
      Pattern.compile("[\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069]");

  private JsonText() {}

  /** On one line, without a line feed at its end. */
  public static String line(JsonNode node) {
    return safe(MAPPER.writeValueAsString(node));
  }

  /** Indented; ends in a line feed. */
  public static String pretty(JsonNode node) {
    return safe(PRETTY.writeValueAsString(node)) + "\n";
  }

  /** Whether a pattern may match, which is costly to try. */
  private static boolean isSuspect(int sign) {
    return sign >= 0x7F
        && (sign < 0xA0
            || (sign >= 0x2028 && sign <= 0x2069)
            || Character.isSurrogate((char) sign));
  }

  private static String safe(String json) {
    if (json.chars().noneMatch(JsonText::isSuspect)) {
      return json;
    }
    String whole = LONE_SURROGATE.matcher(json).replaceAll("\uFFFD");
    return UNSAFE
        .matcher(whole)
        .replaceAll(sign -> String.format("\\\\u%04X", (int) sign.group().charAt(0)));
  }
}
