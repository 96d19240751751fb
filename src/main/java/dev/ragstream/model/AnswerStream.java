package dev.ragstream.model;

import dev.ragstream.core.ChatModel.Finish;
import dev.ragstream.core.FailureException;
import dev.ragstream.upstream.UpstreamBody;
import dev.ragstream.upstream.UpstreamFailures;
import java.io.IOException;
import java.time.Duration;
import tools.jackson.core.JacksonException;

/** One answer on its way from a server to the reader. */
final class AnswerStream {

  /** After the finish reason only the usage can come, and not every server ends its stream. */
  private static final Duration AFTER_FINISH = Duration.ofSeconds(3);

  private final UpstreamBody body;
  private final Frames frames;
  private final ChunkReader chunk;
  private final UpstreamFailures failures;
  private final AnswerPieces pieces;

  /** Whether anything came that belongs to an answer of this provider. */
  private boolean understood;

  private boolean done;

  AnswerStream(
      UpstreamBody body,
      Frames frames,
      ChunkReader chunk,
      UpstreamFailures failures,
      AnswerPieces pieces) {
    this.body = body;
    this.frames = frames;
    this.chunk = chunk;
    this.failures = failures;
    this.pieces = pieces;
  }

  /** Relays the answer to its end, from the calling thread. */
  Finish relay() throws InterruptedException {
    while (!done && next()) {
      frame();
    }
    pieces.end();
    String reason = chunk.finishReason();
    if (!understood) {
      throw noAnswer();
    }
    if (reason == null && !done) {
      throw chunk.incomplete(failures, body);
    }
    return new Finish(reason == null ? "stop" : reason, chunk.usage());
  }

  private boolean next() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      return frames.next();
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (chunk.finishReason() != null) {
        return false;
      }
      throw after(failures.broken(e));
    }
  }

  private void frame() {
    boolean finishing = chunk.finishReason() != null;
    try {
      understood |= chunk.read(frames);
    } catch (JacksonException e) {
      throw after(unreadable());
    }
    if (chunk.isError()) {
      throw after(failures.inStream(frames.text()));
    }
    if (chunk.blocked() != null) {
      throw after(failures.blocked(chunk.blocked()));
    }
    done = chunk.isLast();
    pieces.reasoning(chunk.reasoning());
    pieces.text(chunk.text());
    if (!finishing && chunk.finishReason() != null) {
      body.limit(AFTER_FINISH);
    }
  }

  /** What was held back until the failure still reaches the reader. */
  private FailureException after(FailureException failure) {
    pieces.end();
    return failure;
  }

  private FailureException unreadable() {
    if (understood && frames.brokenOff()) {
      return failures.incomplete();
    }
    return understood || body.contentType().startsWith(frames.mediaType())
        ? failures.event(frames.text())
        : noAnswer();
  }

  private FailureException noAnswer() {
    return chunk.noAnswer(failures, body);
  }
}
