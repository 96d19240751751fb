package dev.ragstream.faults;

import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.send;
import static dev.ragstream.model.ScriptedServer.sendByteByByte;

import dev.ragstream.core.Failure.Kind;
import dev.ragstream.model.ProviderFixture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

final class FramingFaults {

  private static final String ANSWER = "Žluťoučký kůň 🌂 [1]";

  private FramingFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.onOneConnection(
                "each byte comes alone",
                stage -> List.of(sendByteByByte(stage.whole("Žluťoučký ", "kůň 🌂 [1]")), hangUp()))
            .saying(ANSWER),
        framed("lines end with CRLF", frames -> frames.replace("\n", "\r\n")),
        framed("lines end with CR", frames -> frames.replace('\n', '\r')),
        framed("empty lines between the frames", frames -> "\n\n" + frames.replace("\n", "\n\n\n")),
        framed("a byte order mark before the first frame", frames -> "\uFEFF" + frames),
        framed("no space after the colon", frames -> frames.replace("data: ", "data:"))
            .concerning(ProviderFixture::sendsEvents),
        framed(
                "comments and fields that nobody knows",
                frames -> ": ping\n\n" + frames.replace("data: ", ":\nid: 7\nretry\nx: y\ndata: "))
            .concerning(ProviderFixture::sendsEvents),
        framed(
                "events of several data lines",
                frames -> frames.replace("data: {", "data: {\ndata:\ndata: "))
            .concerning(ProviderFixture::sendsEvents),
        framed("pieces far larger than any buffer", frames -> frames, "y".repeat(300_000)),
        Fault.onOneConnection(
                "bytes that are no UTF-8",
                stage -> List.of(send(damaged(stage.whole("a?b", "ć"))), hangUp()))
            .saying("a\uFFFDbć"),
        Fault.onOneConnection(
                "a frame that never ends",
                stage -> List.of(stage.send(stage.provider().text("half")), send(endless(stage))))
            .saying("half")
            .failing(
                Kind.UPSTREAM_PROTOCOL,
                "{url} sent an event that cannot be read: an event is longer than 8 MiB",
                "check that llm.baseUrl is the address of an API that streams chat completions"),
        Fault.onOneConnection(
                "a frame that is no JSON",
                stage ->
                    List.of(
                        stage.send(
                            stage.provider().text("half"),
                            stage.provider().text("\"" + Stage.KEY + "\u0007")),
                        hangUp()))
            .saying("half")
            .failing(
                Kind.UPSTREAM_PROTOCOL,
                "{url} sent an event that cannot be read: …",
                "check that llm.baseUrl is the address of an API that streams chat completions"));
  }

  private static Fault framed(String name, Function<String, String> how) {
    return framed(name, how, ANSWER);
  }

  /** A whole answer whose frames are written in another way. */
  private static Fault framed(String name, Function<String, String> how, String answer) {
    return Fault.onOneConnection(
            name,
            stage -> {
              ProviderFixture provider = stage.provider();
              String frames =
                  stage.frames(provider.reasoning("Hm."), provider.text(answer), provider.end());
              return List.of(send(provider.head() + how.apply(frames)), hangUp());
            })
        .thinking("Hm.")
        .saying(answer);
  }

  private static byte[] damaged(String stream) {
    byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
    bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("a?b") + 1] = (byte) 0xC3;
    return bytes;
  }

  private static String endless(Stage stage) {
    String frame = stage.provider().text("");
    return frame.substring(0, frame.indexOf("\"\"") + 1) + "x".repeat(9 << 20);
  }
}
