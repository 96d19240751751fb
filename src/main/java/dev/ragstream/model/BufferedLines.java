package dev.ragstream.model;

import dev.ragstream.upstream.EndlessEventException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Frames that are made of lines, each ended by LF, CR or CRLF; a byte order mark before the first
 * is left out. A frame's data stays in the buffer it was read into, without a copy, until the next
 * call of {@link #next}.
 */
abstract class BufferedLines implements Frames {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private static final char REPLACEMENT_CHARACTER = '\uFFFD';

  /** Enough for a model that writes at its own pace. */
  private static final int SMALLEST = 4 << 10;

  /** As much as comes at a time where all is there already. */
  private static final int ROOMY = 32 << 10;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final InputStream in;

  /** Holds, in this order: used up bytes, the frame's data so far, its current line. */
  private byte[] buffer = new byte[SMALLEST];

  /** The data so far; -1 where there is none yet. */
  private int dataStart = -1;

  private int dataEnd;

  /** Where the current line begins, and the index after its last byte. */
  private int lineStart;

  private int lineEnd;

  /** The first byte that was not looked at. */
  private int scan;

  /** The end of what was read. */
  private int limit;

  private boolean atStart = true;

  /** The last line ended with CR: an LF right after belongs to it. */
  private boolean afterCarriageReturn;

  /** The bitwise or of the frame's bytes: negative where one of them is not ASCII. */
  private byte seen;

  /** The data, where bytes that are no UTF-8 had to become U+FFFD. */
  private byte @Nullable [] repaired;

  BufferedLines(InputStream in) {
    this.in = in;
  }

  @Override
  public final byte[] bytes() {
    return repaired == null ? buffer : repaired;
  }

  @Override
  public final int offset() {
    return repaired == null ? dataStart : 0;
  }

  @Override
  public final int length() {
    return repaired == null ? dataEnd - dataStart : repaired.length;
  }

  /** Forgets the last frame. */
  protected void clear() {
    dataStart = -1;
    dataEnd = 0;
    repaired = null;
    seen = 0;
  }

  protected final boolean hasData() {
    return dataStart >= 0;
  }

  /**
   * Goes to the next line.
   *
   * @return false at the end of the stream; the line is then what no line end followed
   */
  protected final boolean nextLine() throws IOException {
    lineStart = scan;
    boolean whole = endOfLine();
    if (atStart) {
      atStart = false;
      lineStart += startsWithMark() ? BYTE_ORDER_MARK.length : 0;
    }
    return whole;
  }

  protected final int lineStart() {
    return lineStart;
  }

  protected final int lineEnd() {
    return lineEnd;
  }

  protected final byte byteAt(int index) {
    return buffer[index];
  }

  protected final boolean is(byte[] word, int start, int end) {
    return Arrays.equals(buffer, start, end, word, 0, word.length);
  }

  protected final String text(int start, int end) {
    return new String(buffer, start, end - start, StandardCharsets.UTF_8);
  }

  /** Adds a part of the current line to the frame's data, after an LF where there is some. */
  protected final void addData(int start, int end) {
    if (dataStart < 0) {
      dataStart = start;
      dataEnd = end;
      return;
    }
    buffer[dataEnd++] = '\n';
    System.arraycopy(buffer, start, buffer, dataEnd, end - start);
    dataEnd += end - start;
  }

  /** Ends the frame: its data becomes valid UTF-8. */
  protected final boolean whole() {
    if (seen < 0) {
      String text = text();
      if (text.indexOf(REPLACEMENT_CHARACTER) >= 0) {
        repaired = text.getBytes(StandardCharsets.UTF_8);
      }
    }
    return true;
  }

  private boolean endOfLine() throws IOException {
    do {
      skipEights();
      while (scan < limit) {
        byte b = buffer[scan++];
        seen |= b;
        if (b == '\n') {
          boolean second = afterCarriageReturn && scan - 1 == lineStart;
          afterCarriageReturn = false;
          if (!second) {
            lineEnd = scan - 1;
            return true;
          }
          lineStart = scan;
        } else if (b == '\r') {
          afterCarriageReturn = true;
          lineEnd = scan - 1;
          return true;
        }
      }
    } while (fill());
    lineEnd = limit;
    return false;
  }

  /** Passes over bytes that end no line, eight at a time. */
  private void skipEights() {
    long all = 0;
    while (scan + Long.BYTES <= limit) {
      long eight = (long) EIGHT_BYTES.get(buffer, scan);
      if (((zeroes(eight ^ ('\n' * ONES)) | zeroes(eight ^ ('\r' * ONES))) & HIGH_BITS) != 0) {
        break;
      }
      all |= eight;
      scan += Long.BYTES;
    }
    if ((all & HIGH_BITS) != 0) {
      seen = -1;
    }
  }

  /** Not 0 in the high bits exactly where one of the bytes is 0. */
  private static long zeroes(long eight) {
    return (eight - ONES) & ~eight;
  }

  private boolean fill() throws IOException {
    if (dataStart < 0 && lineStart == limit) {
      lineStart = 0;
      scan = 0;
      limit = 0;
    } else if (limit == buffer.length) {
      makeRoom();
    }
    int count = in.read(buffer, limit, buffer.length - limit);
    limit += Math.max(0, count);
    if (limit == buffer.length && limit < ROOMY) {
      buffer = Arrays.copyOf(buffer, 2 * limit);
    }
    return count >= 0;
  }

  /** Moves the data and the line to the front of the buffer; where that is little, of a larger. */
  private void makeRoom() throws IOException {
    int data = dataStart < 0 ? 0 : dataEnd - dataStart;
    int rest = limit - lineStart;
    if (data + rest >= LONGEST_EVENT) {
      throw new EndlessEventException(LONGEST_EVENT);
    }
    byte[] roomy = data + rest > buffer.length / 2 ? new byte[2 * buffer.length] : buffer;
    System.arraycopy(buffer, Math.max(0, dataStart), roomy, 0, data);
    System.arraycopy(buffer, lineStart, roomy, data, rest);
    buffer = roomy;
    dataStart = dataStart < 0 ? -1 : 0;
    dataEnd = data;
    scan = data + scan - lineStart;
    lineStart = data;
    limit = data + rest;
  }

  private boolean startsWithMark() {
    return is(BYTE_ORDER_MARK, lineStart, Math.min(lineEnd, lineStart + BYTE_ORDER_MARK.length));
  }
}
