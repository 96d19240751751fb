package dev.ragstream.faults;

import static dev.ragstream.model.ScriptedServer.hangUp;

import dev.ragstream.core.Failure.Kind;
import java.util.List;

/** Success by its status, and something else in the body. */
final class BodyFaults {

  private static final String REMEDY = "check that llm.baseUrl is the address of an API that …";

  private BodyFaults() {}

  static List<Fault> all() {
    return List.of(
        body("200 with a JSON object", "application/json", "{\"status\":\"up\"}")
            .failing(
                Kind.UPSTREAM_PROTOCOL,
                "{url} answered 200 with application/json and …; it began with:"
                    + " {\"status\":\"up\"}",
                REMEDY),
        body("200 with a web page", "text/html", "<!doctype html>\n<p>\u001b[2JLog in</p>")
            .failing(
                Kind.UPSTREAM_PROTOCOL,
                "{url} answered 200 with text/html and …; it began with: <!doctype"
                    + " html>\\n<p>\\u001b[2JLog in</p>",
                REMEDY),
        body("200 with a long text and a key in it", "text/plain", longText())
            .failing(
                Kind.UPSTREAM_PROTOCOL,
                "{url} answered 200 with text/plain and …; it began with: "
                    + "x".repeat(190)
                    + "{key}…",
                REMEDY),
        Fault.onOneConnection(
                "200 with nothing",
                stage ->
                    List.of(
                        Stage.respond(
                            "200 OK",
                            "Content-Type: " + stage.provider().contentType() + "\r\n",
                            "")))
            .failing(
                Kind.UPSTREAM_PROTOCOL, "{url} answered 200 with … and …; it was empty", REMEDY),
        body("200 with nothing and no content type", "", "")
            .failing(
                Kind.UPSTREAM_PROTOCOL,
                "{url} answered 200 with no content type and …; it was empty",
                REMEDY),
        Fault.onOneConnection(
                "a stream with nothing where the settings say that the answer stands",
                stage ->
                    List.of(
                        stage.send("data: {\"answer\":\"Yes\"}\n\n", stage.provider().end()),
                        hangUp()))
            .concerning(provider -> !provider.settings().isEmpty())
            .failing(
                Kind.UPSTREAM_PROTOCOL,
                "{url} answered 200 with text/event-stream and 4 pieces, but nothing at"
                    + " llm.response.text (/output/*/text) or at llm.response.reasoning"
                    + " (/output/*/thought) (there was something at llm.response.end (/state/end));"
                    + " it began with: …",
                "look at what came, and set llm.response.text to where the answer stands in it"));
  }

  private static String longText() {
    return "x".repeat(190) + Stage.KEY + "y".repeat(5000);
  }

  private static Fault body(String name, String type, String body) {
    return Fault.onOneConnection(
        name,
        _ ->
            List.of(
                Stage.respond(
                    "200 OK", type.isEmpty() ? "" : "Content-Type: " + type + "\r\n", body)));
  }
}
