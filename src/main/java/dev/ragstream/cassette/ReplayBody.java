package dev.ragstream.cassette;

import dev.ragstream.cassette.Answer.End;
import dev.ragstream.cassette.Answer.Response;
import dev.ragstream.upstream.UpstreamBody;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Recorded bytes, each when it is its time, and then the recorded end. */
final class ReplayBody extends UpstreamBody {

  /** As much as a live body remembers: enough for the first 200 characters in any script. */
  private static final int REMEMBERED = 800;

  private final Response response;
  private final List<Chunk> chunks;
  private final End end;
  private final Pace.Playing playing;
  private final byte[] beginning = new byte[REMEMBERED];
  private int remembered;
  private int next;

  /** How much of the next chunk was read. */
  private int used;

  ReplayBody(Response response, List<Chunk> chunks, End end, Pace.Playing playing) {
    this.response = response;
    this.chunks = chunks;
    this.end = end;
    this.playing = playing;
  }

  @Override
  public int status() {
    return response.status();
  }

  @Override
  public String contentType() {
    return response.contentType();
  }

  /** Changes nothing: how long the server was silent is recorded. */
  @Override
  public void limit(Duration silence) {}

  @Override
  public String beginning() {
    return new String(beginning, 0, remembered, StandardCharsets.UTF_8);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (next == chunks.size()) {
      return end();
    }
    Chunk chunk = chunks.get(next);
    await(chunk.at());
    int count = Math.min(length, chunk.length() - used);
    chunk.copy(used, target, offset, count);
    remember(target, offset, count);
    used += count;
    if (used == chunk.length()) {
      next++;
      used = 0;
    }
    return count;
  }

  @Override
  public void close() {}

  private int end() throws IOException {
    await(end.at());
    return switch (end.how()) {
      case CLOSED, LEFT -> -1;
      case STALLED -> throw new StalledException(end.silence());
      case RESET, REFUSED -> throw new IOException("the recorded connection broke off");
      case INTERRUPTED -> throw interrupted();
    };
  }

  private void await(long at) throws IOException {
    try {
      playing.await(at);
    } catch (InterruptedException _) {
      throw interrupted();
    }
  }

  /** As a live body does it: the flag of the thread says why the reading failed. */
  private static IOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted");
  }

  private void remember(byte[] source, int offset, int count) {
    int kept = Math.min(count, REMEMBERED - remembered);
    System.arraycopy(source, offset, beginning, remembered, kept);
    remembered += kept;
  }
}
