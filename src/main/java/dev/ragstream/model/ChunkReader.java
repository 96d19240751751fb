package dev.ragstream.model;

import dev.ragstream.core.FailureException;
import dev.ragstream.core.Usage;
import dev.ragstream.upstream.UpstreamBody;
import dev.ragstream.upstream.UpstreamFailures;
import org.jspecify.annotations.Nullable;

/**
 * Reads one provider's chunks, one after the other, each into the piece of the answer that it
 * holds; finish reason and usage stay until a later chunk names others. One for each answer.
 */
abstract class ChunkReader {

  private final FrameJson json = new FrameJson();
  private String text = "";
  private String reasoning = "";
  private @Nullable String finishReason;
  private int promptTokens = -1;
  private int completionTokens = -1;
  private boolean error;
  private @Nullable String blocked;
  private boolean last;

  /**
   * Reads the frame's chunk.
   *
   * @return whether it holds anything that this provider's chunks do
   * @throws tools.jackson.core.JacksonException where it is none
   */
  final boolean read(Frames frame) {
    text = "";
    reasoning = "";
    error = false;
    return chunk(frame);
  }

  /** Reads a chunk and says what it holds by the methods below. */
  protected abstract boolean chunk(Frames frame);

  /** The frame's JSON. */
  protected final FrameJson json(Frames frame) {
    return json.at(frame);
  }

  /** The failure of a body without any such chunk. */
  FailureException noAnswer(UpstreamFailures failures, UpstreamBody body) {
    return failures.protocol(body.status(), body.contentType(), body.beginning());
  }

  /** The failure of a body that ended in good order before the answer did. */
  FailureException incomplete(UpstreamFailures failures, UpstreamBody body) {
    return failures.incomplete();
  }

  /** The piece of the answer; may be empty. */
  final String text() {
    return text;
  }

  /** The piece of the reasoning; may be empty. */
  final String reasoning() {
    return reasoning;
  }

  /** Why the model stopped, in our words where we have one; null as long as that did not come. */
  final @Nullable String finishReason() {
    return finishReason;
  }

  final Usage usage() {
    return new Usage(promptTokens, completionTokens);
  }

  /** Whether the chunk is an error instead. */
  final boolean isError() {
    return error;
  }

  /** Why the prompt was not answered at all, in the provider's words; null where it is. */
  final @Nullable String blocked() {
    return blocked;
  }

  /** Whether the chunk says that nothing follows. */
  final boolean isLast() {
    return last;
  }

  final void addText(String piece) {
    text = text.isEmpty() ? piece : text + piece;
  }

  final void addReasoning(String piece) {
    reasoning = reasoning.isEmpty() ? piece : reasoning + piece;
  }

  final void finish(String reason) {
    finishReason = reason;
  }

  final void promptTokens(int count) {
    promptTokens = count;
  }

  final void completionTokens(int count) {
    completionTokens = count;
  }

  final void error() {
    error = true;
  }

  final void block(String reason) {
    blocked = reason;
  }

  final void last() {
    last = true;
  }
}
