package dev.ragstream.server;

import org.jspecify.annotations.Nullable;

/** Messages that are the pipeline's events. */
record NativeSocket(Desk desk) implements SocketWire {

  @Override
  public Order order(Body body, @Nullable String organisation) {
    Asked asked = Asked.forStream(body, desk.backend().models()).withOrganisation(organisation);
    return new Order(asked, desk.saver(body, asked));
  }

  @Override
  public FrameDialect dialect(Run run, @Nullable String id) {
    return new NativeFrames(run.id(), id);
  }

  @Override
  public String refusal(Refusal refusal, @Nullable String id) {
    return NativeFrames.refusal(refusal, id);
  }
}
