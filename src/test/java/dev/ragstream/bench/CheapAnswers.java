package dev.ragstream.bench;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Answers of a model's server as bytes of HTTP/1.1, one chunk for each event, as such servers send
 * them. The last token of an answer is {@code #} and the hash of all tokens before it, so that
 * whoever reads it knows whether all of them came, once and in order.
 */
final class CheapAnswers {

  static final byte[] HEAD =
      ascii(
          """
          HTTP/1.1 200 OK\r
          Content-Type: text/event-stream\r
          Cache-Control: no-cache\r
          Transfer-Encoding: chunked\r
          \r
          """);

  /** What stands before a token in its event, and after it: the fields that OpenAI sends. */
  static final byte[] BEFORE =
      ascii(
          """
          data: {"id":"chatcmpl-C8sJ2kPq0dXvTn4LwYbRfHg7aUeMz","object":"chat.completion.chunk",\
          "created":1760000000,"model":"gpt-4o-mini-2024-07-18","service_tier":"default",\
          "system_fingerprint":"fp_560af6e559","choices":[{"index":0,"delta":{"content":\"\
          """);

  static final byte[] AFTER = ascii("\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n");

  private static final byte[] END =
      ascii(
          """
          data: {"id":"chatcmpl-C8sJ2kPq0dXvTn4LwYbRfHg7aUeMz","object":"chat.completion.chunk",\
          "created":1760000000,"model":"gpt-4o-mini-2024-07-18","service_tier":"default",\
          "system_fingerprint":"fp_560af6e559","choices":[{"index":0,"delta":{},\
          "logprobs":null,"finish_reason":"stop"}]}

          data: [DONE]

          """);

  private static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");
  private static final byte[] LINE_END = ascii("\r\n");

  private static final String[] WORDS = {
    "Yes", ",", " take", " an", " umb", "rella", ":", " it", " rains", " in Zurich."
  };

  private CheapAnswers() {}

  /** A whole answer of as many tokens, the last one the hash. */
  static ByteBuffer whole(int tokens) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(tokens * 300);
    out.writeBytes(HEAD);
    long hash = 0;
    for (int i = 0; i < tokens - 1; i++) {
      byte[] word = ascii(WORDS[i % WORDS.length]);
      hash = hash(hash, word, 0, word.length);
      out.writeBytes(event(word));
    }
    out.writeBytes(event(hashToken(hash)));
    out.writeBytes(end());
    ByteBuffer direct = ByteBuffer.allocateDirect(out.size());
    return direct.put(out.toByteArray()).flip().asReadOnlyBuffer();
  }

  /** The event of one token, as a chunk. */
  static byte[] event(byte[] token) {
    byte[] size = ascii(Integer.toHexString(BEFORE.length + token.length + AFTER.length));
    return join(size, LINE_END, BEFORE, token, AFTER, LINE_END);
  }

  /** What follows the last token. */
  static byte[] end() {
    return join(ascii(Integer.toHexString(END.length)), LINE_END, END, LINE_END, LAST_CHUNK);
  }

  static byte[] hashToken(long hash) {
    return ascii("#%016x".formatted(hash));
  }

  static long hash(long before, byte[] bytes, int start, int end) {
    long hash = before;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
