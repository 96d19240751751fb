package dev.ragstream.model;

import java.nio.charset.StandardCharsets;

/** Reads {@code chat.completion.chunk} objects. */
final class OpenAiChunk extends ChunkReader {

  private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

  private static final JsonPaths<OpenAiChunk> PATHS =
      new JsonPaths<OpenAiChunk>()
          .number("/choices/*/index", (chunk, index) -> chunk.index = index)
          .text("/choices/*/delta/content", (chunk, piece) -> chunk.content = piece)
          .text("/choices/*/delta/refusal", (chunk, piece) -> chunk.content = piece)
          .text("/choices/*/delta/reasoning", (chunk, piece) -> chunk.thought = piece)
          .text("/choices/*/delta/reasoning_content", (chunk, piece) -> chunk.thought = piece)
          .text("/choices/*/finish_reason", (chunk, reason) -> chunk.reason = reason)
          .end("/choices/*", OpenAiChunk::endOfChoice)
          .number("/usage/prompt_tokens", ChunkReader::promptTokens)
          .number("/usage/completion_tokens", ChunkReader::completionTokens)
          .present("/error", ChunkReader::error);

  private int index;
  private String content = "";
  private String thought = "";
  private String reason = "";

  @Override
  protected boolean chunk(Frames frame) {
    if (frame.textIs(DONE)) {
      last();
      return true;
    }
    if (frame.name().equals("error")) {
      error();
      return true;
    }
    return PATHS.read(json(frame), this);
  }

  /** Of several choices, only the first is the answer. */
  private void endOfChoice() {
    if (index == 0) {
      addText(content);
      // Some servers send the same reasoning under both names.
      addReasoning(thought);
      if (!reason.isEmpty()) {
        finish(reason);
      }
    }
    index = 0;
    content = "";
    thought = "";
    reason = "";
  }
}
