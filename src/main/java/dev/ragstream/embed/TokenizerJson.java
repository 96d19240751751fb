package dev.ragstream.embed;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model's {@code tokenizer.json}, kept with all escaped that is not ASCII. Its bytes become a
 * string as they are, where to decode the original takes a start that is not compiled yet as long
 * as to read the weights.
 */
final class TokenizerJson {

  private final ResourceCache cache;
  private final String resource;
  private final Path file;

  /**
   * Reads nothing yet.
   *
   * @param name of the model's folder in the cache
   */
  TokenizerJson(ResourceCache cache, String name, String resource) throws IOException {
    this.cache = cache;
    this.resource = resource;
    this.file = cache.folder(name, resource).resolve(resource.replace(".json", "-ascii.json"));
  }

  /**
   * What was kept.
   *
   * @throws IOException if there is nothing, or it was touched since
   */
  String kept() throws IOException {
    if (!ResourceCache.isAsMade(file)) {
      throw new FileNotFoundException(file.toString());
    }
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  /** The original, which is kept for the next start where that can be done. */
  String original() throws IOException {
    String json = new String(cache.bytes(resource), StandardCharsets.UTF_8);
    try {
      ResourceCache.write(file, part -> Files.writeString(part, ascii(json)));
    } catch (IOException unwritable) {
      // the next start is as slow
    }
    return json;
  }

  private static String ascii(String json) {
    StringBuilder escaped = new StringBuilder(json.length() + json.length() / 8);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c < 0x80) {
        escaped.append(c);
      } else {
        escaped.append("\\u%04x".formatted((int) c));
      }
    }
    return escaped.toString();
  }
}
