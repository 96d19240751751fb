package dev.ragstream.model;

import dev.ragstream.core.FailureException;
import dev.ragstream.upstream.UpstreamBody;
import dev.ragstream.upstream.UpstreamFailures;
import java.nio.charset.StandardCharsets;

/**
 * Reads the frames of a server by pointers that its user gave. What any server may send, such as an
 * end, does not show that they are right: only a piece of the answer does.
 */
final class DescribedChunk extends ChunkReader {

  private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

  private final JsonPaths<DescribedChunk> paths;
  private boolean answer;

  DescribedChunk(AnswerPlaces places) {
    paths = places.paths();
  }

  @Override
  protected boolean chunk(Frames frame) {
    answer = false;
    if (frame.textIs(DONE)) {
      last();
    } else if (frame.name().equals("error")) {
      error();
    } else {
      paths.read(json(frame), this);
    }
    return answer;
  }

  @Override
  FailureException noAnswer(UpstreamFailures failures, UpstreamBody body) {
    return failures.undescribed(body.status(), body.contentType(), body.beginning());
  }

  /** Something stands where the answer is described to, even if it holds no piece. */
  void answer() {
    answer = true;
  }
}
