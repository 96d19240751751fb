package dev.ragstream.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events from bytes by the rules of the WHATWG HTML standard, section 9.2.6: each
 * line ends with LF, CR or CRLF, a blank line ends an event, and an event that the stream breaks
 * off is dropped.
 *
 * <p>Each event's data stays in the buffer it was read into, without a copy, until the next call of
 * {@link #next}.
 */
final class EventStreamReader {

  /** The longest event, in bytes. */
  static final int LONGEST_EVENT = 8 << 20;

  private static final byte[] DATA = {'d', 'a', 't', 'a'};
  private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private static final char REPLACEMENT_CHARACTER = '\uFFFD';

  private final InputStream in;

  /** Holds, in this order: used up bytes, the event's data so far, its current line. */
  private byte[] buffer = new byte[16 << 10];

  /** The data lines so far, joined by LF in place; -1 where there is none yet. */
  private int dataStart = -1;

  private int dataEnd;

  /** Where the current line begins. */
  private int line;

  /** The first byte that was not looked at. */
  private int scan;

  /** The end of what was read. */
  private int limit;

  private boolean atStart = true;

  /** The last line ended with CR: an LF right after belongs to it. */
  private boolean afterCarriageReturn;

  /** The bitwise or of the event's bytes: negative where one of them is not ASCII. */
  private byte seen;

  /** The data, where bytes that are no UTF-8 had to become U+FFFD. */
  private byte @Nullable [] repaired;

  private String name = "";

  EventStreamReader(InputStream in) {
    this.in = in;
  }

  /**
   * Goes to the next event that has data.
   *
   * @return false at the end of the stream
   * @throws EventTooLongException where an event is longer than {@link #LONGEST_EVENT}
   */
  boolean next() throws IOException {
    clear();
    for (int end = endOfLine(); end >= 0; end = endOfLine()) {
      int start = line;
      line = scan;
      if (atStart) {
        atStart = false;
        start += startsWithMark(start, end) ? BYTE_ORDER_MARK.length : 0;
      }
      if (start < end) {
        field(start, end);
      } else if (dataStart >= 0) {
        repair();
        return true;
      } else {
        clear();
      }
    }
    return false;
  }

  /** Holds the data, which is valid UTF-8, from {@link #offset()} on. */
  byte[] bytes() {
    return repaired == null ? buffer : repaired;
  }

  int offset() {
    return repaired == null ? dataStart : 0;
  }

  int length() {
    return repaired == null ? dataEnd - dataStart : repaired.length;
  }

  /** The event's name; empty where it has none. */
  String name() {
    return name;
  }

  String text() {
    return new String(bytes(), offset(), length(), StandardCharsets.UTF_8);
  }

  boolean textIs(byte[] ascii) {
    return Arrays.equals(bytes(), offset(), offset() + length(), ascii, 0, ascii.length);
  }

  private void clear() {
    dataStart = -1;
    dataEnd = 0;
    repaired = null;
    seen = 0;
    name = "";
  }

  /** The index after the current line's last byte, or -1 at the end of the stream. */
  private int endOfLine() throws IOException {
    do {
      while (scan < limit) {
        byte b = buffer[scan++];
        seen |= b;
        if (b == '\n') {
          boolean second = afterCarriageReturn && scan - 1 == line;
          afterCarriageReturn = false;
          if (!second) {
            return scan - 1;
          }
          line = scan;
        } else if (b == '\r') {
          afterCarriageReturn = true;
          return scan - 1;
        }
      }
    } while (fill());
    return -1;
  }

  private boolean fill() throws IOException {
    if (dataStart < 0 && line == limit) {
      line = 0;
      scan = 0;
      limit = 0;
    } else if (limit == buffer.length) {
      makeRoom();
    }
    int count = in.read(buffer, limit, buffer.length - limit);
    limit += Math.max(0, count);
    return count >= 0;
  }

  /** Moves the data and the line to the front of the buffer; where that is little, of a larger. */
  private void makeRoom() throws IOException {
    int data = dataStart < 0 ? 0 : dataEnd - dataStart;
    int rest = limit - line;
    if (data + rest > LONGEST_EVENT) {
      throw new EventTooLongException();
    }
    byte[] roomy = data + rest > buffer.length / 2 ? new byte[2 * buffer.length] : buffer;
    System.arraycopy(buffer, Math.max(0, dataStart), roomy, 0, data);
    System.arraycopy(buffer, line, roomy, data, rest);
    buffer = roomy;
    dataStart = dataStart < 0 ? -1 : 0;
    dataEnd = data;
    scan = data + scan - line;
    line = data;
    limit = data + rest;
  }

  private void field(int start, int end) {
    int colon = start;
    while (colon < end && buffer[colon] != ':') {
      colon++;
    }
    int value = Math.min(end, colon + 1);
    if (value < end && buffer[value] == ' ') {
      value++;
    }
    if (Arrays.equals(buffer, start, colon, DATA, 0, DATA.length)) {
      addData(value, end);
    } else if (Arrays.equals(buffer, start, colon, EVENT, 0, EVENT.length)) {
      name = new String(buffer, value, end - value, StandardCharsets.UTF_8);
    }
  }

  private void repair() {
    if (seen < 0) {
      String text = text();
      if (text.indexOf(REPLACEMENT_CHARACTER) >= 0) {
        repaired = text.getBytes(StandardCharsets.UTF_8);
      }
    }
  }

  private void addData(int start, int end) {
    if (dataStart < 0) {
      dataStart = start;
      dataEnd = end;
      return;
    }
    buffer[dataEnd++] = '\n';
    System.arraycopy(buffer, start, buffer, dataEnd, end - start);
    dataEnd += end - start;
  }

  private boolean startsWithMark(int start, int end) {
    int markEnd = Math.min(end, start + BYTE_ORDER_MARK.length);
    return Arrays.equals(buffer, start, markEnd, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
  }

  /** An event that never ends. */
  static final class EventTooLongException extends IOException {

    private static final long serialVersionUID = 1L;

    EventTooLongException() {
      super("an event is longer than " + (LONGEST_EVENT >> 20) + " MiB");
    }
  }
}
