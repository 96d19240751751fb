package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.render.EventJson;
import dev.ragstream.render.JsonBytes;
import dev.ragstream.render.JsonText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * WebSocket messages that are the pipeline's own events, each with its run and, where the client
 * gave its question an id, with that too: {@code {"run":"…","id":"q1","type":"text","text":"…"}}.
 */
final class NativeFrames implements FrameDialect {

  private final JsonBytes event = new JsonBytes();
  private final String start;

  NativeFrames(String run, @Nullable String id) {
    JsonBytes head = new JsonBytes().raw("{\"run\":").string(run);
    if (id != null) {
      head.raw(",\"id\":").string(id);
    }
    this.start = head.raw(",").toString();
  }

  static String refusal(Refusal refusal, @Nullable String id) {
    ObjectNode frame = JsonNodeFactory.instance.objectNode();
    if (id != null) {
      frame.put("id", id);
    }
    frame.setAll(EventJson.failure(refusal.failure()));
    Duration retryAfter = refusal.retryAfter();
    if (retryAfter != null) {
      frame.put("retryAfterSeconds", retryAfter.toSeconds());
    }
    return JsonText.line(frame);
  }

  @Override
  public boolean spell(AnswerEvent spelt, JsonBytes out) {
    EventJson.write(spelt, event.clear());
    out.raw(start).rest(event, 1);
    return true;
  }
}
