package dev.ragstream.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** The body of a successful response of a model's server, as a stream of bytes. */
public abstract class UpstreamBody extends InputStream {

  /** The status of the response. */
  public abstract int status();

  /** The media type that the server gave; empty where it gave none. */
  public abstract String contentType();

  /** From now on, no silence may be longer than this. */
  public abstract void limit(Duration silence);

  /** How the body began, as far as it was read: at least its first 200 characters. */
  public abstract String beginning();

  /**
   * @throws StalledException where the server was silent for too long
   */
  @Override
  public abstract int read(byte[] target, int offset, int length) throws IOException;

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /** Never fails: that a connection which nobody needs any more was broken is no news. */
  @Override
  public abstract void close();

  /** The server was silent for too long. */
  public static final class StalledException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Duration limit;

    public StalledException(Duration limit) {
      super("the server was silent for " + limit);
      this.limit = limit;
    }

    /** How long it was silent. */
    public Duration limit() {
      return limit;
    }
  }
}
