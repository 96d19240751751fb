package dev.ragstream.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes the code that marks where a passage begins and ends in a prompt. It is the beginning of a
 * SHA-256 over all the passages, so the same prompt always has the same code, and a document that
 * wants to write it would have to contain a hash of itself. Look-alikes of the delimiters (other
 * spaces, full-width signs, entities) lack the code.
 */
final class Fence {

  private static final int HEX_DIGITS = 8;

  private Fence() {}

  static String around(List<Passage> passages) {
    for (int salt = 0; ; salt++) {
      String code = hash(passages, salt);
      if (passages.stream().noneMatch(p -> p.chunk().searchableText().contains(code))) {
        return code;
      }
    }
  }

  private static String hash(List<Passage> passages, int salt) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update((byte) salt);
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
