package dev.ragstream.model;

import dev.ragstream.core.FailureException;
import dev.ragstream.upstream.Endpoint.Names;
import dev.ragstream.upstream.UpstreamBody;
import dev.ragstream.upstream.UpstreamFailures;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of a server by pointers that its user gave. What any server may send, such as an
 * end, does not show that they are right: only a piece of the answer does.
 */
final class DescribedChunk extends ChunkReader {

  private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

  /** How a stream of events begins. */
  private static final Pattern EVENT = Pattern.compile("(data|event|id|retry)?:");

  private final AnswerPlaces places;
  private final JsonPaths<DescribedChunk> paths;
  private boolean answer;
  private boolean end;
  private int frames;
  private int read;

  DescribedChunk(AnswerPlaces places) {
    this.places = places;
    paths = places.paths();
  }

  @Override
  protected boolean chunk(Frames frame) {
    answer = false;
    frames++;
    if (frame.textIs(DONE)) {
      last();
    } else if (frame.name().equals("error")) {
      error();
    } else {
      paths.read(json(frame), this);
    }
    read++;
    return answer;
  }

  /** Says which part of the description does not fit what came. */
  @Override
  FailureException noAnswer(UpstreamFailures failures, UpstreamBody body) {
    Names names = failures.endpoint().names();
    String framing = names.setting("response.frames");
    if (read > 0) {
      return failures.undescribed(
          body,
          nothingAt(names),
          "look at what came, and set %s to where the answer stands in it"
              .formatted(names.setting("response.text")));
    }
    String beginning = body.beginning().stripLeading();
    return places.lines()
        ? failures.undescribed(
            body,
            "no line of JSON, which %s: lines is for".formatted(framing),
            address(names, EVENT.matcher(beginning).lookingAt() ? "sse" : null))
        : failures.undescribed(
            body,
            (frames > 0 ? "no JSON in its events" : "no line that begins with 'data:'")
                + ", which %s: sse is for".formatted(framing),
            address(names, beginning.startsWith("{") ? "lines" : null));
  }

  private String nothingAt(Names names) {
    String reasoning = places.reasoning();
    return (read == 1 ? "one piece" : read + " pieces")
        + ", but nothing at "
        + place(names, "text", places.text())
        + (reasoning == null ? "" : " or at " + place(names, "reasoning", reasoning))
        + (end && places.end() != null
            ? " (there was something at %s)".formatted(place(names, "end", places.end()))
            : "");
  }

  /**
   * A remedy.
   *
   * @param framing what the answer looks as if it were cut like; null: neither
   */
  private static String address(Names names, @Nullable String framing) {
    String check =
        "check that %s is the address of an API that streams what %s describes"
            .formatted(names.setting(names.address()), names.setting("response"));
    return framing == null
        ? check
        : check
            + "; if this is its answer, set %s to %s"
                .formatted(names.setting("response.frames"), framing);
  }

  private static String place(Names names, String part, String pointer) {
    return names.setting("response." + part) + " (" + pointer + ")";
  }

  /** Where nothing ever stood at the place of the end, that place may be a wrong one. */
  @Override
  FailureException incomplete(UpstreamFailures failures, UpstreamBody body) {
    Names names = failures.endpoint().names();
    String place = places.end();
    if (end) {
      return failures.incomplete();
    }
    return failures.incomplete(
        body,
        place == null ? "no [DONE] came" : "nothing ever stood at " + place(names, "end", place),
        "set %s to where that stands; if it is right, ask again and look into the server's log"
            .formatted(names.setting("response.end")));
  }

  /** Something stands where the answer is described to, even if it holds no piece. */
  void answer() {
    answer = true;
  }

  /** Something stands where the end is described to, even if it is not the end yet. */
  void end() {
    end = true;
  }
}
