package dev.ragstream.model;

import org.jspecify.annotations.Nullable;

/**
 * Where the parts of an answer stand in a server's frames: JSON pointers in which {@code *} stands
 * for each element of an array; null where there is no such part.
 *
 * @param lines whether frames are lines of JSON; otherwise they are server-sent events
 * @param end {@code true} stands there, or the reason, when the answer is whole
 */
public record AnswerPlaces(
    boolean lines,
    String text,
    @Nullable String reasoning,
    @Nullable String end,
    @Nullable String promptTokens,
    @Nullable String completionTokens) {

  JsonPaths<DescribedChunk> paths() {
    JsonPaths<DescribedChunk> paths =
        new JsonPaths<DescribedChunk>()
            .text(text, ChunkReader::addText)
            .present(text, DescribedChunk::answer)
            .present("/error", ChunkReader::error);
    if (reasoning != null) {
      paths.text(reasoning, ChunkReader::addReasoning).present(reasoning, DescribedChunk::answer);
    }
    if (end != null) {
      paths
          .text(end, ChunkReader::finish)
          .truth(end, ChunkReader::last)
          .there(end, DescribedChunk::end);
    }
    if (promptTokens != null) {
      paths.number(promptTokens, ChunkReader::promptTokens);
    }
    if (completionTokens != null) {
      paths.number(completionTokens, ChunkReader::completionTokens);
    }
    return paths;
  }
}
