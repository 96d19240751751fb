package dev.ragstream.upstream;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow.Publisher;

/**
 * A body that comes over the network: closes itself where the server falls silent (an {@code
 * HttpRequest}'s own timeout ends at the headers), and remembers how it began. Time that the reader
 * takes does not count as silence. Closing it before its end closes the connection.
 */
final class HttpBody extends UpstreamBody {

  /** Enough for the first 200 characters in any script. */
  private static final int REMEMBERED = 800;

  private final HttpResponse<?> response;
  private final ReceivedBytes in = new ReceivedBytes();
  private final Duration idle;
  private final byte[] beginning = new byte[REMEMBERED];
  private int remembered;
  private Duration limit;

  HttpBody(HttpResponse<Publisher<List<ByteBuffer>>> response, Timeouts timeouts) {
    this.response = response;
    this.limit = timeouts.firstToken();
    this.idle = timeouts.idle();
    Publisher<List<ByteBuffer>> body = response.body();
    if (body == null) { // what a proxy said in the place of a tunnel
      in.onComplete();
    } else {
      body.subscribe(in);
    }
  }

  @Override
  public int status() {
    return response.statusCode();
  }

  @Override
  public String contentType() {
    return header("Content-Type").orElse("");
  }

  Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  @Override
  public void limit(Duration silence) {
    limit = silence.compareTo(idle) < 0 ? silence : idle;
  }

  @Override
  public String beginning() {
    return new String(beginning, 0, remembered, StandardCharsets.UTF_8);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count;
    try {
      count = in.read(target, offset, length, limit.toNanos());
    } catch (ReceivedBytes.SilenceException e) {
      close();
      throw new StalledException(limit);
    }
    if (remembered == 0 && count > 0) {
      limit(idle);
    }
    if (remembered < REMEMBERED && count > 0) {
      int kept = Math.min(count, REMEMBERED - remembered);
      System.arraycopy(target, offset, beginning, remembered, kept);
      remembered += kept;
    }
    return count;
  }

  @Override
  public void close() {
    in.close();
  }
}
