package dev.ragstream.render;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * UTF-8 in the making, for servers that spell many small objects: no tree, no intermediate text.
 * Strings are escaped exactly as {@link JsonText} escapes them. May be used again after {@link
 * #clear()}.
 */
public final class JsonBytes {

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  private static final int SURROGATES = Character.MIN_SURROGATE;
  private static final char REPLACEMENT = 0xFFFD;

  private byte[] bytes;
  private int size;

  public JsonBytes() {
    this(256);
  }

  public JsonBytes(int capacity) {
    bytes = new byte[capacity];
  }

  public int size() {
    return size;
  }

  public JsonBytes clear() {
    size = 0;
    return this;
  }

  /** Forgets what was appended after {@code size} bytes. */
  public JsonBytes truncate(int size) {
    this.size = size;
    return this;
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  /** A copy of what stands there. */
  public ByteBuffer copy() {
    return ByteBuffer.wrap(Arrays.copyOf(bytes, size));
  }

  @Override
  public String toString() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  /** Bytes as they are. */
  public JsonBytes raw(byte[] source) {
    reserve(source.length);
    System.arraycopy(source, 0, bytes, size, source.length);
    size += source.length;
    return this;
  }

  /** Text as it is, such as JSON that is spelt already. */
  public JsonBytes raw(String text) {
    return raw(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What stands in another one, without its first bytes. */
  public JsonBytes rest(JsonBytes other, int skipped) {
    int more = other.size - skipped;
    reserve(more);
    System.arraycopy(other.bytes, skipped, bytes, size, more);
    size += more;
    return this;
  }

  /** A whole number, 0 or more. */
  public JsonBytes number(long value) {
    reserve(20);
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    int end = size + digits;
    long rest = value;
    for (int at = end - 1; at >= size; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size = end;
    return this;
  }

  /** A string in its quotes. */
  public JsonBytes string(String text) {
    reserve(6 * text.length() + 2);
    put('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x7F) {
        ascii(c);
      } else if (c < 0xA0) {
        hexEscape(c);
      } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
      } else if (c < SURROGATES || c > Character.MAX_SURROGATE) {
        if (turnsText(c)) {
          hexEscape(c);
        } else {
          threeBytes(c);
        }
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        fourBytes(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        threeBytes(REPLACEMENT);
      }
    }
    put('"');
    return this;
  }

  private void ascii(char c) {
    if (c >= ' ') {
      if (c == '"' || c == '\\') {
        put('\\');
      }
      put(c);
      return;
    }
    switch (c) {
      case '\n' -> letterEscape('n');
      case '\r' -> letterEscape('r');
      case '\t' -> letterEscape('t');
      case '\b' -> letterEscape('b');
      case '\f' -> letterEscape('f');
      default -> hexEscape(c);
    }
  }

  /** Line and paragraph separators, direction overrides and isolates. */
  private static boolean turnsText(char c) {
    return (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }

  private void letterEscape(char letter) {
    put('\\');
    put(letter);
  }

  private void hexEscape(char c) {
    put('\\');
    put('u');
    put(HEX[c >> 12]);
    put(HEX[(c >> 8) & 0xF]);
    put(HEX[(c >> 4) & 0xF]);
    put(HEX[c & 0xF]);
  }

  private void threeBytes(char c) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }

  private void fourBytes(int codePoint) {
    put(0xF0 | (codePoint >> 18));
    put(0x80 | ((codePoint >> 12) & 0x3F));
    put(0x80 | ((codePoint >> 6) & 0x3F));
    put(0x80 | (codePoint & 0x3F));
  }

  private void put(int b) {
    bytes[size++] = (byte) b;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
