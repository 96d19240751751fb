package dev.ragstream.cassette;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bytes as people can read them, without losing one: text where they are UTF-8, and Base64 where
 * not. A character that is cut in two between chunks stands in lines of its own, so that the rest
 * stays readable.
 */
final class ChunkText {

  static final String TYPE = "bytes";
  static final String TEXT = "text";
  static final String BASE64 = "base64";

  /** No character has more bytes after its first one. */
  private static final int MOST_CONTINUATIONS = 3;

  private ChunkText() {}

  /** The lines for one chunk, one to three. */
  static List<ObjectNode> lines(Chunk chunk) {
    int start = head(chunk);
    int end = Math.max(start, tail(chunk));
    List<ObjectNode> lines = new ArrayList<>();
    try {
      ByteBuffer whole = ByteBuffer.wrap(chunk.bytes(start, end));
      String text = StandardCharsets.UTF_8.newDecoder().decode(whole).toString();
      addBinary(lines, chunk, 0, start);
      if (!text.isEmpty()) {
        lines.add(line(chunk).put(TEXT, text));
      }
      addBinary(lines, chunk, end, chunk.length());
    } catch (CharacterCodingException _) {
      lines.clear();
      addBinary(lines, chunk, 0, chunk.length());
    }
    return lines;
  }

  private static void addBinary(List<ObjectNode> lines, Chunk chunk, int from, int to) {
    if (from < to) {
      String base64 = Base64.getEncoder().encodeToString(chunk.bytes(from, to));
      lines.add(line(chunk).put(BASE64, base64));
    }
  }

  private static ObjectNode line(Chunk chunk) {
    return JsonNodeFactory.instance.objectNode().put(RunJson.TYPE, TYPE).put("at", chunk.at());
  }

  /** After the bytes of a character that began in the chunk before. */
  private static int head(Chunk chunk) {
    byte[] first = chunk.bytes(0, Math.min(MOST_CONTINUATIONS, chunk.length()));
    int start = 0;
    while (start < first.length && isContinuation(first[start])) {
      start++;
    }
    return start;
  }

  /** Before the bytes of a character that goes on in the next chunk. */
  private static int tail(Chunk chunk) {
    int from = Math.max(0, chunk.length() - MOST_CONTINUATIONS);
    byte[] last = chunk.bytes(from, chunk.length());
    for (int i = last.length - 1; i >= 0; i--) {
      if (!isContinuation(last[i])) {
        boolean whole = last.length - i >= length(last[i]);
        return whole ? chunk.length() : from + i;
      }
    }
    return chunk.length();
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }

  /** How many bytes the character has that begins with this one. */
  private static int length(byte first) {
    int b = first & 0xFF;
    if (b < 0xC0) {
      return 1;
    }
    return b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
  }
}
