package dev.ragstream.bench;

import dev.ragstream.upstream.UpstreamBody;
import java.io.ByteArrayInputStream;
import java.time.Duration;

/** A body that is there already. */
final class BytesBody extends UpstreamBody {

  /** As much as the HTTP client hands over at a time. */
  private static final int MOST = 16 << 10;

  private final ByteArrayInputStream in;
  private final String contentType;

  BytesBody(byte[] bytes, String contentType) {
    this.in = new ByteArrayInputStream(bytes);
    this.contentType = contentType;
  }

  @Override
  public int status() {
    return 200;
  }

  @Override
  public String contentType() {
    return contentType;
  }

  @Override
  public void limit(Duration silence) {}

  @Override
  public String beginning() {
    return "";
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    return in.read(target, offset, Math.min(length, MOST));
  }

  @Override
  public void close() {}
}
