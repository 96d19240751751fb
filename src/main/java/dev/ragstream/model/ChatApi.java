package dev.ragstream.model;

import dev.ragstream.core.Prompt;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.UpstreamRequest;
import java.io.InputStream;

/** How one kind of provider is asked, and how its answer is read. */
public sealed interface ChatApi
    permits AnthropicApi, DescribedApi, GeminiApi, OllamaApi, OpenAiApi {

  /** The model's name as in the setting {@code llm.model}. */
  String name();

  Endpoint endpoint();

  /** The request for the answer to a prompt, as a stream. */
  UpstreamRequest request(Prompt prompt);

  /** Cuts the body of the answer into frames. */
  Frames frames(InputStream body);

  /** Whether the text of the answer may hold reasoning. */
  ThinkTags thinkTags();

  /** Reads the frames of one answer. */
  ChunkReader chunks();
}
