package dev.ragstream.faults;

import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.reset;
import static dev.ragstream.model.ScriptedServer.send;

import dev.ragstream.core.Failure.Kind;
import dev.ragstream.model.ScriptedServer.Step;
import java.net.URI;
import java.time.Duration;
import java.util.List;

final class ConnectionFaults {

  private static final String IS_IT_RUNNING =
      "check that the model's server is running and that llm.baseUrl is its address";

  private ConnectionFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("nobody listens at the address", _ -> List.of())
            .asking(_ -> URI.create("http://127.0.0.1:1/v1"))
            .failing(Kind.UPSTREAM_UNREACHABLE, "{url} refused the connection", IS_IT_RUNNING),
        Fault.of("the host is unknown", _ -> List.of())
            .asking(_ -> URI.create("http://ragstream.invalid/v1"))
            .failing(
                Kind.UPSTREAM_UNREACHABLE,
                "the host of {url} has no known address",
                "check the name in llm.baseUrl and that this machine is online"),
        Fault.onOneConnection(
                "the server speaks no TLS where https is asked for",
                _ -> List.of(send("HTTP/1.1 400 Bad Request\r\n\r\n")))
            .asking(server -> URI.create(server.url().toString().replace("http:", "https:")))
            .failing(
                Kind.UPSTREAM_UNREACHABLE,
                "there is no secure connection to {url}: …",
                "check that the server at llm.baseUrl speaks https and that Java trusts its"
                    + " certificate"),
        Fault.of(
                "the server hangs up without an answer, twice",
                _ -> List.of(List.of(hangUp()), List.of(hangUp())))
            .failing(
                Kind.UPSTREAM_UNREACHABLE,
                "{url} gave no HTTP answer: …",
                "check that llm.baseUrl is the address of the model's server, and its log"),
        Fault.of(
                "a connection dies unanswered, and the next one does not",
                stage -> List.of(List.of(reset()), List.of(send(stage.whole("Yes")), hangUp())))
            .saying("Yes"),
        Fault.of(
                "the server speaks another protocol",
                _ -> List.of(List.of(ssh(), hangUp()), List.of(ssh(), hangUp())))
            .failing(
                Kind.UPSTREAM_UNREACHABLE,
                "{url} gave no HTTP answer: …",
                "check that llm.baseUrl is the address of the model's server, and its log"),
        Fault.onOneConnection("the server is silent before its headers", _ -> List.of())
            .within(Impatience.untilFirstToken(Duration.ofMillis(300)))
            .failing(
                Kind.UPSTREAM_STALLED,
                "{url} sent nothing for 300 ms",
                Impatience.FIRST_TOKEN_REMEDY));
  }

  private static Step ssh() {
    return send("SSH-2.0-" + Stage.KEY + "\r\n\r\n");
  }
}
