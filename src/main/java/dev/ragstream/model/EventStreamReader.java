package dev.ragstream.model;

import dev.ragstream.upstream.UpstreamRequest;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads server-sent events by the rules of the WHATWG HTML standard, section 9.2.6: a blank line
 * ends an event, its data lines are joined by LF, and an event that the stream breaks off is
 * dropped.
 */
final class EventStreamReader extends BufferedLines {

  private static final byte[] DATA = {'d', 'a', 't', 'a'};
  private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};

  private String name = "";

  EventStreamReader(InputStream in) {
    super(in);
  }

  /** Goes to the next event that has data. */
  @Override
  public boolean next() throws IOException {
    clear();
    while (nextLine()) {
      if (lineStart() < lineEnd()) {
        field(lineStart(), lineEnd());
      } else if (hasData()) {
        return whole();
      } else {
        clear();
      }
    }
    return false;
  }

  @Override
  public String mediaType() {
    return UpstreamRequest.EVENT_STREAM;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  protected void clear() {
    super.clear();
    name = "";
  }

  private void field(int start, int end) {
    int colon = start;
    while (colon < end && byteAt(colon) != ':') {
      colon++;
    }
    int value = Math.min(end, colon + 1);
    if (value < end && byteAt(value) == ' ') {
      value++;
    }
    if (is(DATA, start, colon)) {
      addData(value, end);
    } else if (is(EVENT, start, colon)) {
      name = text(value, end);
    }
  }
}
