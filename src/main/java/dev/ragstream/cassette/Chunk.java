package dev.ragstream.cassette;

import java.util.Arrays;

/** Bytes that came at one time. */
final class Chunk {

  private final long at;
  private final byte[] bytes;

  Chunk(long at, byte[] bytes) {
    this.at = at;
    this.bytes = bytes.clone();
  }

  /** In milliseconds from the request. */
  long at() {
    return at;
  }

  int length() {
    return bytes.length;
  }

  byte[] bytes(int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  void copy(int from, byte[] target, int offset, int length) {
    System.arraycopy(bytes, from, target, offset, length);
  }
}
