package dev.ragstream.model;

/**
 * Reads the events of Anthropic's messages. Their data names their type again, so that the events'
 * own names need not be looked at. Usage is cumulative; what was read from a cache and what was
 * written into it was read as well, though it is counted apart.
 */
final class AnthropicChunk extends ChunkReader {

  private static final String END = "message_stop";

  private static final JsonPaths<AnthropicChunk> PATHS =
      new JsonPaths<AnthropicChunk>()
          .text("/type", AnthropicChunk::type)
          .text("/content_block/text", ChunkReader::addText)
          .text("/content_block/thinking", ChunkReader::addReasoning)
          .text("/delta/text", ChunkReader::addText)
          .text("/delta/thinking", ChunkReader::addReasoning)
          .text("/delta/stop_reason", AnthropicChunk::stopReason)
          .number("/message/usage/input_tokens", (chunk, count) -> chunk.uncached = count)
          .number("/message/usage/cache_read_input_tokens", (chunk, count) -> chunk.cached = count)
          .number(
              "/message/usage/cache_creation_input_tokens", (chunk, count) -> chunk.kept = count)
          .end("/message/usage", AnthropicChunk::countPrompt)
          .number("/usage/input_tokens", (chunk, count) -> chunk.uncached = count)
          .number("/usage/cache_read_input_tokens", (chunk, count) -> chunk.cached = count)
          .number("/usage/cache_creation_input_tokens", (chunk, count) -> chunk.kept = count)
          .number("/usage/output_tokens", ChunkReader::completionTokens)
          .end("/usage", AnthropicChunk::countPrompt)
          .present("/error", ChunkReader::error);

  private int uncached = -1;
  private int cached;
  private int kept;

  @Override
  protected boolean chunk(Frames frame) {
    return PATHS.read(json(frame), this);
  }

  private void type(String type) {
    if (type.equals(END)) {
      last();
    }
  }

  private void stopReason(String reason) {
    finish(
        switch (reason) {
          case "end_turn", "stop_sequence" -> "stop";
          case "max_tokens", "model_context_window_exceeded" -> "length";
          case "tool_use" -> "tool_calls";
          case "refusal" -> "content_filter";
          case String other -> other;
        });
  }

  private void countPrompt() {
    if (uncached >= 0) {
      promptTokens(uncached + cached + kept);
    }
  }
}
