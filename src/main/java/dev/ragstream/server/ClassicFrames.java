package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.render.JsonBytes;
import dev.ragstream.render.JsonText;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * WebSocket messages of the older service: a head with the first piece, further pieces, each a line
 * as OpenAI streams it, and a mark at the end.
 */
final class ClassicFrames implements FrameDialect {

  private final ChatChunks chunks;
  private final String logId;
  private boolean begun;

  ClassicFrames(ChatChunks chunks, String logId) {
    this.chunks = chunks;
    this.logId = logId;
  }

  @Override
  public boolean spell(AnswerEvent event, JsonBytes out) {
    switch (event) {
      case Retrieved _, PromptBuilt _ -> {
        return false;
      }
      case Text(String piece) -> {
        chunks.text(piece, head(out).raw("data: "));
        out.raw("\n\n");
      }
      case Reasoning(String piece) -> {
        chunks.reasoning(piece, head(out).raw("data: "));
        out.raw("\n\n");
      }
      case Completed _ -> out.raw("{\"text\":\"messageend\"}");
      case Cancelled _ -> out.raw(failure("the answer was cancelled", logId));
      case Failed failed ->
          out.raw(failure(failed.failure().problem() + "; " + failed.failure().remedy(), logId));
    }
    return true;
  }

  static String failure(String why, String logId) {
    return JsonText.line(
        JsonNodeFactory.instance
            .objectNode()
            .put("msg", why)
            .put("code", "-1")
            .put("logId", logId));
  }

  private JsonBytes head(JsonBytes out) {
    if (begun) {
      return out;
    }
    begun = true;
    return out.raw("{\"msg\":\"success\",\"code\":0,\"logId\":").string(logId).raw("} || ");
  }
}
