package dev.ragstream.model;

import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.RecyclerPool;

/**
 * The JSON of one frame after the other, for one parser: to make one costs as much as to read a
 * small chunk with it. The parser takes it for a stream, of which it only ever sees the current
 * frame.
 */
final class FrameJson extends InputStream {

  private static final JsonFactory JSON =
      JsonFactory.builder().recyclerPool(new SmallBuffers()).build();

  private byte[] bytes = {};
  private int position;
  private int end;

  /** Whether the parser was told that there is no more, after which it reads nothing. */
  private boolean spent;

  private @Nullable JsonParser parser;

  /** What reads a value. */
  interface Reading {
    boolean read(JsonParser json);
  }

  /** Goes to a frame. */
  FrameJson at(Frames frame) {
    bytes = frame.bytes();
    position = frame.offset();
    end = position + frame.length();
    return this;
  }

  /**
   * Lets the frame's first value be read, which is all that counts in it.
   *
   * @throws tools.jackson.core.JacksonException where it is no JSON
   */
  boolean read(Reading reading) {
    JsonParser json = parser == null ? JSON.createParser(ObjectReadContext.empty(), this) : parser;
    parser = null; // nor is it used again where this fails
    spent = false;
    boolean result = reading.read(json);
    json.releaseBuffered(OutputStream.nullOutputStream());
    if (!spent && position == end) {
      parser = json;
    }
    return result;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    int count = Math.min(length, end - position);
    if (count == 0) {
      spent = true;
      return -1;
    }
    System.arraycopy(bytes, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /**
   * What a parser reads through is its own for as long as an answer takes, of which a server has
   * many at a time; few chunks are as long as what a parser takes otherwise.
   */
  private static final class SmallBuffers
      extends RecyclerPool.NonRecyclingPoolBase<BufferRecycler> {

    private static final long serialVersionUID = 1L;

    @Override
    public BufferRecycler acquirePooled() {
      return new BufferRecycler() {
        @Override
        protected int byteBufferLength(int purpose) {
          return purpose == BYTE_READ_IO_BUFFER ? 1 << 10 : super.byteBufferLength(purpose);
        }
      };
    }
  }
}
