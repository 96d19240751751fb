package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.render.EventJson;
import dev.ragstream.render.JsonBytes;
import java.nio.charset.StandardCharsets;

/** Server-sent events that are the pipeline's own: named after their type, numbered. */
final class NativeEvents implements Dialect {

  private static final byte[] EVENT = ascii("event: ");
  private static final byte[] ID = ascii("\nid: ");
  private static final byte[] DATA = ascii("\ndata: ");
  private static final byte[] END = ascii("\n\n");
  private static final byte[] TEXT = ascii("event: text\nid: ");

  @Override
  public void spell(long sequence, AnswerEvent event, JsonBytes out) {
    if (event instanceof AnswerEvent.Text) {
      out.raw(TEXT);
    } else {
      out.raw(EVENT).raw(EventJson.type(event)).raw(ID);
    }
    out.number(sequence).raw(DATA);
    EventJson.write(event, out);
    out.raw(END);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
