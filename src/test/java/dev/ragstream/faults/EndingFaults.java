package dev.ragstream.faults;

import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.reset;
import static dev.ragstream.model.ScriptedServer.send;

import dev.ragstream.core.Failure.Kind;
import dev.ragstream.model.ProviderFixture;
import dev.ragstream.model.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

final class EndingFaults {

  private static final String AGAIN =
      "ask again; if it happens every time, look into the server's log";
  private static final Duration LIMIT = Duration.ofMillis(300);

  private EndingFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.onOneConnection(
                "silence between the headers and the first text",
                stage -> List.of(send(stage.provider().head())))
            .within(Impatience.untilFirstToken(LIMIT))
            .failing(
                Kind.UPSTREAM_STALLED,
                "{url} sent nothing for 300 ms",
                Impatience.FIRST_TOKEN_REMEDY),
        Fault.onOneConnection(
                "silence in mid-stream",
                stage -> List.of(stage.send(stage.provider().text("half"))))
            .within(Impatience.inMidStream(LIMIT))
            .saying("half")
            .failing(Kind.UPSTREAM_STALLED, "{url} sent nothing for 300 ms", Impatience.REMEDY),
        Fault.onOneConnection(
                "the end, with neither a marker nor a finish reason",
                stage -> List.of(stage.send(stage.provider().text("half")), hangUp()))
            .saying("half")
            .failing(
                Kind.INCOMPLETE,
                "the stream ended before {url} said that the answer is whole",
                AGAIN),
        Fault.onOneConnection(
                "the end in the middle of a frame",
                stage ->
                    List.of(
                        stage.send(stage.provider().text("half"), torn(stage.provider())),
                        hangUp()))
            .saying("half")
            .failing(Kind.INCOMPLETE, "… before {url} said that the answer is whole", AGAIN),
        Fault.onOneConnection(
                "the connection is reset in mid-stream",
                stage ->
                    List.of(
                        stage.send(stage.provider().text("half")),
                        stage.untilTextIsRead(),
                        reset()))
            .saying("half")
            .failing(
                Kind.INCOMPLETE,
                "the connection broke off before {url} said that the answer is whole",
                AGAIN),
        Fault.onOneConnection(
                "a chunked body breaks off",
                stage -> List.of(chunked(stage, stage.provider().text("half"), ""), hangUp()))
            .saying("half")
            .failing(
                Kind.INCOMPLETE,
                "the connection broke off before {url} said that the answer is whole",
                AGAIN),
        Fault.onOneConnection(
                "a chunked body comes whole",
                stage ->
                    List.of(
                        chunked(
                            stage,
                            stage.provider().text("Yes") + stage.provider().end(),
                            "0\r\n\r\n")))
            .saying("Yes"),
        Fault.onOneConnection(
                "an error in mid-stream",
                stage ->
                    List.of(
                        stage.send(
                            stage.provider().text("half"),
                            stage.provider().error("out of memory for " + Stage.KEY),
                            stage.provider().text("never")),
                        hangUp()))
            .saying("half")
            .failing(
                Kind.UPSTREAM_ERROR,
                "{url} broke off with an error: out of memory for {key}…",
                "ask again later, or name another model in llm.model"),
        Fault.onOneConnection(
                "an error instead of the first text",
                stage -> List.of(send(stage.provider().head() + stage.provider().error("busy"))))
            .failing(
                Kind.UPSTREAM_ERROR,
                "{url} broke off with an error: busy…",
                "ask again later, or name another model in llm.model"),
        Fault.onOneConnection(
                "a finish reason, and the connection ends without a marker",
                stage ->
                    List.of(
                        stage.send(stage.provider().text("Yes"), stage.provider().finishReason()),
                        hangUp()))
            .concerning(provider -> !provider.finishReason().isEmpty())
            .saying("Yes"),
        Fault.onOneConnection(
                "a finish reason, and then silence",
                stage ->
                    List.of(
                        stage.send(stage.provider().text("Yes"), stage.provider().finishReason())))
            .concerning(provider -> !provider.finishReason().isEmpty())
            .within(Impatience.inMidStream(LIMIT))
            .saying("Yes"),
        Fault.onOneConnection(
                "a finish reason, and then a reset",
                stage ->
                    List.of(
                        stage.send(
                            stage.provider().text("Yes"),
                            stage.provider().finishReason(),
                            stage.provider().text("!")),
                        stage.untilTextIsRead(),
                        reset()))
            .concerning(provider -> !provider.finishReason().isEmpty())
            .saying("Yes!"),
        Fault.onOneConnection(
                "a marker without a finish reason",
                stage ->
                    List.of(
                        stage.send(stage.provider().text("Yes"), stage.provider().marker()),
                        hangUp()))
            .concerning(provider -> !provider.marker().isEmpty())
            .saying("Yes"),
        Fault.onOneConnection(
                "the marker, and the connection stays open",
                stage -> List.of(send(stage.whole("Yes"))))
            .concerning(provider -> !provider.marker().isEmpty())
            .saying("Yes"),
        Fault.onOneConnection(
                "after the marker there is more",
                stage -> List.of(send(stage.whole("Yes") + stage.provider().text("No")), hangUp()))
            .concerning(provider -> !provider.marker().isEmpty())
            .saying("Yes"));
  }

  private static String torn(ProviderFixture provider) {
    String frame = provider.text("never");
    return frame.substring(0, frame.indexOf("never") + 2);
  }

  /** A response in chunks: one that holds all frames, and what follows it. */
  private static ScriptedServer.Step chunked(Stage stage, String frames, String end) {
    String body = stage.frames(frames);
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return send(
        "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n%s"
            .formatted(stage.provider().contentType(), length, body, end));
  }
}
