package dev.ragstream.elastic;

import dev.ragstream.core.Chunk;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a chunk can be filtered by, as terms {@code key=value}. */
final class Facts {

  /**
   * Elasticsearch refuses terms of more than 32,766 bytes; four bytes are the longest character.
   */
  private static final int LONGEST = 8_000;

  private Facts() {}

  /** The chunk's metadata; source and title are its own, whatever the metadata say. */
  static List<String> of(Chunk chunk) {
    Map<String, String> facts = new TreeMap<>(chunk.metadata());
    facts.put(OwnLayout.SOURCE, chunk.source());
    facts.put(OwnLayout.TITLE, chunk.title());
    return facts.entrySet().stream().map(fact -> term(fact.getKey(), fact.getValue())).toList();
  }

  /** A term that no other key and value share; of a long value, its beginning and a hash. */
  static String term(String key, String value) {
    String fact = key.replace("\\", "\\\\").replace("=", "\\=") + "=" + value;
    return fact.length() <= LONGEST ? fact : fact.substring(0, LONGEST) + " " + sha256(fact);
  }

  static String sha256(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java runtime has SHA-256", e);
    }
  }
}
