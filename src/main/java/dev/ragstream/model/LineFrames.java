package dev.ragstream.model;

import java.io.IOException;
import java.io.InputStream;

/** Each line that is not empty, as JSON lines are sent (NDJSON). */
final class LineFrames extends BufferedLines {

  static final String MEDIA_TYPE = "application/x-ndjson";

  private boolean brokenOff;

  LineFrames(InputStream in) {
    super(in);
  }

  @Override
  public boolean next() throws IOException {
    clear();
    while (nextLine()) {
      if (lineStart() < lineEnd()) {
        addData(lineStart(), lineEnd());
        return whole();
      }
    }
    if (lineStart() < lineEnd()) {
      brokenOff = true;
      addData(lineStart(), lineEnd());
      return whole();
    }
    return false;
  }

  @Override
  public String mediaType() {
    return MEDIA_TYPE;
  }

  @Override
  public boolean brokenOff() {
    return brokenOff;
  }
}
