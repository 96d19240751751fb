package dev.ragstream.embed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a remembered vector is found by.
 *
 * @param model its name
 * @param hash of the embedded text, SHA-256 in hexadecimal
 */
record VectorKey(String model, String hash) {

  static VectorKey of(String model, String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return new VectorKey(model, HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  byte[] hashBytes() {
    return HexFormat.of().parseHex(hash);
  }
}
