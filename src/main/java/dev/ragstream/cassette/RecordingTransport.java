package dev.ragstream.cassette;

import dev.ragstream.cassette.Answer.How;
import dev.ragstream.core.FailureException;
import dev.ragstream.upstream.Transport;
import dev.ragstream.upstream.UpstreamBody;
import dev.ragstream.upstream.UpstreamFailures;
import dev.ragstream.upstream.UpstreamRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BiFunction;

/**
 * Sends as another transport does, and keeps what comes on a tape.
 *
 * @param tapes begins a tape for a request that is about to be sent
 */
record RecordingTransport(
    Transport transport, BiFunction<UpstreamRequest, UpstreamFailures, Tape> tapes)
    implements Transport {

  @Override
  public UpstreamBody open(UpstreamRequest request, UpstreamFailures failures)
      throws InterruptedException {
    Tape tape = tapes.apply(request, failures);
    UpstreamBody body;
    try {
      body = transport.open(request, failures);
    } catch (FailureException e) {
      tape.ends(How.REFUSED);
      throw e;
    } catch (InterruptedException e) {
      tape.ends(How.INTERRUPTED);
      throw e;
    }
    tape.begins(body);
    return new Body(body, tape);
  }

  private static final class Body extends UpstreamBody {

    private final UpstreamBody body;
    private final Tape tape;

    Body(UpstreamBody body, Tape tape) {
      this.body = body;
      this.tape = tape;
    }

    @Override
    public int status() {
      return body.status();
    }

    @Override
    public String contentType() {
      return body.contentType();
    }

    @Override
    public void limit(Duration silence) {
      body.limit(silence);
    }

    @Override
    public String beginning() {
      return body.beginning();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count;
      try {
        count = body.read(target, offset, length);
      } catch (StalledException e) {
        tape.ends(How.STALLED, e.limit());
        throw e;
      } catch (IOException e) {
        // The thread's flag stays: whoever reads asks it too.
        tape.ends(Thread.currentThread().isInterrupted() ? How.INTERRUPTED : How.RESET);
        throw e;
      }
      if (count > 0) {
        tape.takes(target, offset, count);
      } else if (count < 0) {
        tape.ends(How.CLOSED);
      }
      return count;
    }

    @Override
    public void close() {
      body.close();
      tape.ends(How.LEFT);
    }
  }
}
