package dev.ragstream.faults;

import dev.ragstream.faults.Fault.Reader;
import java.time.Duration;
import java.util.List;

final class ReaderFaults {

  private static final Duration BEFORE_FIRST_TEXT = Duration.ofSeconds(2);
  private static final Duration IN_MID_STREAM = Duration.ofSeconds(1);

  private ReaderFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.onOneConnection("it is interrupted before the server answers", _ -> List.of())
            .readBy(Reader.INTERRUPTED_BEFORE_FIRST_TEXT, BEFORE_FIRST_TEXT),
        Fault.onOneConnection(
                "it is interrupted after the headers, before the first text",
                stage -> List.of(stage.send()))
            .readBy(Reader.INTERRUPTED_BEFORE_FIRST_TEXT, BEFORE_FIRST_TEXT),
        Fault.onOneConnection(
                "it is interrupted in mid-stream",
                stage -> List.of(stage.send(stage.provider().text("half"))))
            .saying("half")
            .readBy(Reader.INTERRUPTED_IN_MID_STREAM, IN_MID_STREAM),
        Fault.onOneConnection(
                "it is interrupted while the answer goes on",
                stage ->
                    List.of(stage.send(stage.provider().text("half"), stage.provider().text("x"))))
            .saying("half")
            .readBy(Reader.INTERRUPTED_IN_MID_STREAM, IN_MID_STREAM),
        Fault.onOneConnection(
                "it goes away in mid-stream",
                stage ->
                    List.of(stage.send(stage.provider().text("half"), stage.provider().text("x"))))
            .saying("half")
            .readBy(Reader.LEAVES_IN_MID_STREAM, IN_MID_STREAM));
  }
}
