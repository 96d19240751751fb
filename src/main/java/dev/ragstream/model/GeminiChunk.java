package dev.ragstream.model;

import java.util.Locale;

/**
 * Reads the events of Gemini's {@code streamGenerateContent}. A part may be thought or said, which
 * is known only at its end; the tokens of thoughts are counted apart from those of the answer.
 */
final class GeminiChunk extends ChunkReader {

  private static final JsonPaths<GeminiChunk> PATHS =
      new JsonPaths<GeminiChunk>()
          .text("/candidates/*/content/parts/*/text", (chunk, piece) -> chunk.part = piece)
          .truth("/candidates/*/content/parts/*/thought", chunk -> chunk.thought = true)
          .end("/candidates/*/content/parts/*", GeminiChunk::endOfPart)
          .text("/candidates/*/finishReason", (chunk, reason) -> chunk.reason = reason)
          .number("/candidates/*/index", (chunk, index) -> chunk.index = index)
          .end("/candidates/*", GeminiChunk::endOfCandidate)
          .text("/promptFeedback/blockReason", ChunkReader::block)
          .number("/usageMetadata/promptTokenCount", ChunkReader::promptTokens)
          .number("/usageMetadata/candidatesTokenCount", (chunk, count) -> chunk.said = count)
          .number("/usageMetadata/thoughtsTokenCount", (chunk, count) -> chunk.thoughts = count)
          .end("/usageMetadata", GeminiChunk::countCompletion)
          .present("/error", ChunkReader::error);

  private String part = "";
  private boolean thought;
  private String answer = "";
  private String thinking = "";
  private String reason = "";
  private int index;
  private int said = -1;
  private int thoughts;

  @Override
  protected boolean chunk(Frames frame) {
    return PATHS.read(json(frame), this);
  }

  private void endOfPart() {
    if (thought) {
      thinking += part;
    } else {
      answer += part;
    }
    part = "";
    thought = false;
  }

  /** Of several candidates, only the first is the answer. */
  private void endOfCandidate() {
    if (index == 0) {
      addText(answer);
      addReasoning(thinking);
      if (!reason.isEmpty()) {
        finish(ours(reason));
      }
    }
    index = 0;
    answer = "";
    thinking = "";
    reason = "";
  }

  private void countCompletion() {
    if (said >= 0 || thoughts > 0) {
      completionTokens(Math.max(0, said) + thoughts);
    }
  }

  private static String ours(String reason) {
    return switch (reason) {
      case "STOP" -> "stop";
      case "MAX_TOKENS" -> "length";
      case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY" ->
          "content_filter";
      case String other -> other.toLowerCase(Locale.ROOT);
    };
  }
}
