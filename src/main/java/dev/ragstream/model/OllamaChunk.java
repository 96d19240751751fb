package dev.ragstream.model;

/** Reads the lines that Ollama's {@code /api/chat} answers with. */
final class OllamaChunk extends ChunkReader {

  private static final JsonPaths<OllamaChunk> PATHS =
      new JsonPaths<OllamaChunk>()
          .text("/message/content", ChunkReader::addText)
          .text("/message/thinking", ChunkReader::addReasoning)
          .text("/done_reason", ChunkReader::finish)
          .truth("/done", ChunkReader::last)
          .number("/prompt_eval_count", ChunkReader::promptTokens)
          .number("/eval_count", ChunkReader::completionTokens)
          .present("/error", ChunkReader::error);

  @Override
  protected boolean chunk(Frames frame) {
    return PATHS.read(json(frame), this);
  }
}
