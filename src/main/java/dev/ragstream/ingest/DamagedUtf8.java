package dev.ragstream.ingest;

import java.nio.charset.StandardCharsets;

/**
 * Knows UTF-8 with a few bytes in it that are none. Other encodings would make text of such a file
 * too, all of it garbled.
 */
final class DamagedUtf8 {

  private DamagedUtf8() {}

  /** Fails where most of what is not ASCII is valid UTF-8, and names the first line that is not. */
  static void check(SourceFile file) {
    String text = new String(file.bytes(), StandardCharsets.UTF_8);
    long damaged = text.chars().filter(c -> c == 0xFFFD).count();
    long foreign = text.chars().filter(c -> c > 0x7F).count();
    if (damaged * 4 <= foreign) {
      long line =
          1 + text.substring(0, text.indexOf('\uFFFD')).chars().filter(c -> c == '\n').count();
      throw Unreadable.because(
          "%s is UTF-8 but for a few bytes, the first of them in line %d"
              .formatted(file.source(), line),
          "replace them and index it again");
    }
  }
}
