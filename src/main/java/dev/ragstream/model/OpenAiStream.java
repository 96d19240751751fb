package dev.ragstream.model;

import dev.ragstream.core.ChatModel;
import dev.ragstream.core.ChatModel.Finish;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;

/** One answer on its way from an OpenAI-compatible server to the reader. */
final class OpenAiStream {

  private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

  /** After the finish reason only the usage can come, and not every server ends its stream. */
  private static final Duration AFTER_FINISH = Duration.ofSeconds(3);

  private final UpstreamBody body;
  private final UpstreamFailures failures;
  private final EventStreamReader events;
  private final AnswerPieces pieces;
  private final OpenAiChunk chunk = new OpenAiChunk();
  private boolean anyEvent;
  private boolean done;

  OpenAiStream(UpstreamBody body, UpstreamFailures failures, ChatModel.Reader reader) {
    this.body = body;
    this.failures = failures;
    this.events = new EventStreamReader(body);
    this.pieces = new AnswerPieces(reader);
  }

  /** Relays the answer to its end, from the calling thread. */
  Finish relay() throws InterruptedException {
    while (!done && next()) {
      anyEvent = true;
      event();
    }
    pieces.end();
    String reason = chunk.finishReason();
    if (reason != null || done) {
      return new Finish(reason == null ? "stop" : reason, chunk.usage());
    }
    throw anyEvent ? failures.incomplete() : noEvents();
  }

  private boolean next() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      return events.next();
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

  private void event() {
    if (events.textIs(DONE)) {
      done = true;
      return;
    }
    if (events.name().equals("error")) {
      throw after(failures.inStream(events.text()));
    }
    boolean finishing = chunk.finishReason() != null;
    try {
      chunk.read(events.bytes(), events.offset(), events.length());
    } catch (JacksonException e) {
      throw after(failures.event(events.text()));
    }
    if (chunk.isError()) {
      throw after(failures.inStream(events.text()));
    }
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

  private FailureException noEvents() {
    return failures.protocol(
        body.response().statusCode(),
        body.response().headers().firstValue("Content-Type").orElse(""),
        body.beginning());
  }
}
