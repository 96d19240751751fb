package dev.ragstream.server;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Messages as the older service sent them. */
record ClassicSocket(Desk desk) implements SocketWire {

  @Override
  public Order order(Body body, @Nullable String organisation) {
    Asked asked = Asked.classic(body, desk.backend().models()).withOrganisation(organisation);
    return new Order(asked, desk.saver(body, asked));
  }

  @Override
  public FrameDialect dialect(Run run, @Nullable String id) {
    ChatChunks chunks =
        new ChatChunks("chatcmpl-" + run.id(), run.started().getEpochSecond(), run.model());
    return new ClassicFrames(chunks, run.id());
  }

  @Override
  public String refusal(Refusal refusal, @Nullable String id) {
    return ClassicFrames.failure(
        refusal.failure().problem() + "; " + refusal.failure().remedy(),
        UUID.randomUUID().toString().replace("-", ""));
  }
}
