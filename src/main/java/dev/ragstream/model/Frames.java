package dev.ragstream.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The parts that a stream is cut into: server-sent events, or lines of JSON. */
interface Frames {

  /** The longest frame, in bytes. */
  int LONGEST_EVENT = 8 << 20;

  /**
   * Goes to the next frame.
   *
   * @return false at the end of the stream
   * @throws dev.ragstream.upstream.EndlessEventException where it is longer than {@link
   *     #LONGEST_EVENT}
   */
  boolean next() throws IOException;

  /** Holds the frame's data, which is valid UTF-8, from {@link #offset()} on. */
  byte[] bytes();

  int offset();

  int length();

  /** What a server calls a body of such frames. */
  String mediaType();

  /** The event's name; empty where it has none. */
  default String name() {
    return "";
  }

  /** Whether the stream ended within the frame. */
  default boolean brokenOff() {
    return false;
  }

  default String text() {
    return new String(bytes(), offset(), length(), StandardCharsets.UTF_8);
  }

  default boolean textIs(byte[] ascii) {
    return Arrays.equals(bytes(), offset(), offset() + length(), ascii, 0, ascii.length);
  }
}
