package dev.ragstream.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes the code that marks where a passage begins and ends in a prompt. It is the beginning of a
 * SHA-256 over all the passages, so the same prompt always has the same code, and no passage holds
 * it, not even in capitals, in full width or with signs between. Look-alikes of the delimiters
 * (other spaces, full-width signs, entities) lack the code.
 */
final class Fence {

  private static final int HEX_DIGITS = 8;

  private static final Pattern NO_HEX_DIGIT = Pattern.compile("[^0-9a-f]+");

  private Fence() {}

  static String around(List<Passage> passages) {
    List<String> taken = passages.stream().map(passage -> hexDigits(passage.chunk())).toList();
    for (int salt = 0; ; salt++) {
      String code = hash(passages, salt);
      if (taken.stream().noneMatch(digits -> digits.contains(code))) {
        return code;
      }
    }
  }

  /** All that a code could be read from, however it is spelt. */
  private static String hexDigits(Chunk chunk) {
    String shown = chunk.source() + chunk.searchableText();
    String plain = Normalizer.normalize(shown, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return NO_HEX_DIGIT.matcher(plain).replaceAll("");
  }

  private static String hash(List<Passage> passages, int salt) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(salt).flip());
      for (Passage passage : passages) {
        sha.update(passage.chunk().id().getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
        sha.update(passage.chunk().text().getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
      }
      return HexFormat.of().formatHex(sha.digest()).substring(0, HEX_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java runtime has SHA-256", e);
    }
  }
}
