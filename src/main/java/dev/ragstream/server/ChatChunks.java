package dev.ragstream.server;

import dev.ragstream.render.JsonBytes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Spells the pieces of one answer as OpenAI's {@code chat.completion.chunk} objects. */
final class ChatChunks {

  private static final byte[] ROLE = ascii("{\"role\":\"assistant\",\"content\":\"\"}");
  private static final byte[] CONTENT = ascii("{\"content\":");
  private static final byte[] REASONING = ascii("{\"reasoning_content\":");
  private static final byte[] END = ascii("}");
  private static final byte[] UNFINISHED = ascii(",\"finish_reason\":null}]}");

  private final String start;

  /**
   * @param id of the whole answer
   * @param created when it began, in seconds of the epoch
   */
  ChatChunks(String id, long created, String model) {
    this.start =
        new JsonBytes()
            .raw("{\"id\":")
            .string(id)
            .raw(",\"object\":\"chat.completion.chunk\",\"created\":")
            .number(created)
            .raw(",\"model\":")
            .string(model)
            .raw(",\"choices\":[")
            .toString();
  }

  void role(JsonBytes out) {
    delta(out).raw(ROLE).raw(UNFINISHED);
  }

  void text(String piece, JsonBytes out) {
    delta(out).raw(CONTENT).string(piece).raw(END).raw(UNFINISHED);
  }

  void reasoning(String piece, JsonBytes out) {
    delta(out).raw(REASONING).string(piece).raw(END).raw(UNFINISHED);
  }

  /**
   * The last one with a choice.
   *
   * @param extra further fields of the object, as JSON; null: none
   */
  void finish(String reason, @Nullable String extra, JsonBytes out) {
    delta(out).raw("{},\"finish_reason\":").string(reason).raw("}]");
    if (extra != null) {
      out.raw(",").raw(extra);
    }
    out.raw(END);
  }

  /** One without a choice, which only says what was used. */
  void usage(String usage, JsonBytes out) {
    out.raw(start).raw("],\"usage\":").raw(usage).raw(END);
  }

  private JsonBytes delta(JsonBytes out) {
    return out.raw(start).raw("{\"index\":0,\"delta\":");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
