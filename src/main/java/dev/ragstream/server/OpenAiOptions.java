package dev.ragstream.server;

import dev.ragstream.server.Backend.Wording;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The options of a request in OpenAI's wire that every model's server has a word for. */
final class OpenAiOptions {

  /** As in the setting {@code llm.options.maxTokens}. */
  private static final int LONGEST = 2_000_000;

  private static final int MOST_STOPS = 4;
  private static final String STOP = "stop";

  private OpenAiOptions() {}

  /**
   * Reads them.
   *
   * @throws RefusedException where one is of another type, or out of its range
   */
  static Wording of(Body body) {
    Integer old = longest(body, "max_tokens");
    Integer longest = longest(body, "max_completion_tokens");
    return new Wording(
        body.number("temperature", 0, 2),
        body.number("top_p", 0, 1),
        longest == null ? old : longest,
        body.whole("seed"),
        stops(body.object().path(STOP)));
  }

  private static @Nullable Integer longest(Body body, String name) {
    Integer tokens = body.count(name);
    if (tokens != null && tokens > LONGEST) {
      throw Body.invalid("'" + name + "' is more than " + LONGEST, name);
    }
    return tokens;
  }

  private static List<String> stops(JsonNode stop) {
    if (stop.isMissingNode() || stop.isNull()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode text : stop.isArray() ? stop : List.of(stop)) {
      if (!text.isString() || text.stringValue().isEmpty()) {
        throw Body.invalid("'stop' is neither a text nor a list of texts, or one is empty", STOP);
      }
      texts.add(text.stringValue());
    }
    if (texts.size() > MOST_STOPS) {
      throw Body.invalid("'stop' has more than " + MOST_STOPS + " texts", STOP);
    }
    return texts;
  }
}
