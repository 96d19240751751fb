package dev.ragstream.model;

import dev.ragstream.core.ChatModel;
import dev.ragstream.core.Prompt;
import dev.ragstream.upstream.Transport;
import dev.ragstream.upstream.UpstreamBody;
import dev.ragstream.upstream.UpstreamFailures;
import dev.ragstream.upstream.UpstreamRequest;

/** A model on a server, whoever provides it. */
public final class HttpChatModel implements ChatModel {

  private final ChatApi api;
  private final Transport transport;

  /** Makes a model; nothing is sent yet. */
  public HttpChatModel(ChatApi api, Transport transport) {
    this.api = api;
    this.transport = transport;
  }

  @Override
  public String name() {
    return api.name();
  }

  @Override
  public Finish stream(Prompt prompt, Reader reader) throws InterruptedException {
    UpstreamRequest request = api.request(prompt);
    UpstreamFailures failures = new UpstreamFailures(name(), api.endpoint(), request.url());
    try (UpstreamBody body = transport.open(request, failures)) {
      AnswerPieces pieces = new AnswerPieces(reader, api.thinkTags());
      return new AnswerStream(body, api.frames(body), api.chunks(), failures, pieces).relay();
    }
  }

  /** The very request that {@link #stream} sends, as a command for a shell, the key left out. */
  public String curl(Prompt prompt) {
    return api.request(prompt).toCurl();
  }
}
