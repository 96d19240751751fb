package dev.ragstream.ingest;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Knows UTF-16 without a byte order mark by its zero bytes, which all stand on one side. */
final class Utf16 {

  private static final int SAMPLE = 64 << 10;

  private Utf16() {}

  static Optional<Charset> charsetOf(byte[] bytes) {
    int[] zeros = new int[2];
    int length = Math.min(bytes.length, SAMPLE) & ~1;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == 0) {
        zeros[i & 1]++;
      }
    }
    if (bytes.length % 2 != 0 || zeros[0] + zeros[1] < Math.max(2, length / 100)) {
      return Optional.empty();
    }
    if (zeros[0] * 20 <= zeros[1]) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    return zeros[1] * 20 <= zeros[0] ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
  }
}
