package dev.ragstream.faults;

import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.send;

import dev.ragstream.core.Failure.Kind;
import java.util.List;

/** Statuses that are no success. */
final class RefusalFaults {

  private static final String LATER = "ask again later, or name another model in llm.model";
  private static final String ECHO = " for {key} of $TEAM";

  private RefusalFaults() {}

  static List<Fault> all() {
    return List.of(
        refused("401 Unauthorized", "bad key")
            .failing(
                Kind.UPSTREAM_UNAUTHORIZED,
                "{url} answered 401: bad key" + ECHO + "…",
                "check the key in {key}, or set llm.apiKey"),
        refused("403 Forbidden", "not yours")
            .failing(
                Kind.UPSTREAM_UNAUTHORIZED,
                "{url} answered 403: not yours" + ECHO + "…",
                "check the key in {key}, or set llm.apiKey"),
        refused("404 Not Found", "no such model")
            .failing(
                Kind.UPSTREAM_ERROR,
                "{url} answered 404: no such model" + ECHO + "…; the model asked for was {model}",
                "check the name in llm.model and the address in llm.baseUrl"),
        refused("400 Bad Request", "prompt too long")
            .failing(
                Kind.UPSTREAM_ERROR,
                "{url} answered 400: prompt too long" + ECHO + "…",
                "change what the server objects to; llm.model is {model}"),
        refused("422 Unprocessable Entity", "odd")
            .failing(
                Kind.UPSTREAM_ERROR,
                "{url} answered 422: odd" + ECHO + "…",
                "change what the server objects to; llm.model is {model}"),
        refused("500 Internal Server Error", "out of memory")
            .failing(Kind.UPSTREAM_ERROR, "{url} answered 500: out of memory" + ECHO + "…", LATER),
        Fault.onOneConnection(
                "502 with a proxy's HTML page",
                _ ->
                    List.of(
                        Stage.respond(
                            "502 Bad Gateway",
                            "Content-Type: text/html\r\n",
                            "<h1>\u001b[31mBad gateway\n</h1>" + Stage.KEY)))
            .failing(
                Kind.UPSTREAM_ERROR,
                "{url} answered 502: <h1>\\u001b[31mBad gateway\\n</h1>{key}",
                LATER),
        Fault.onOneConnection(
                "500 with an empty body",
                _ -> List.of(Stage.respond("500 Internal Server Error", "", "")))
            .failing(Kind.UPSTREAM_ERROR, "{url} answered 500: (no message)", LATER),
        Fault.onOneConnection(
                "307 to another address",
                _ -> List.of(Stage.respond("307 Temporary Redirect", "Location: /v2\r\n", "")))
            .failing(
                Kind.UPSTREAM_ERROR,
                "{url} answered 307: (no message)",
                "set llm.baseUrl to the address that the server redirects to"),
        busyOnce("429 asks to wait 7 seconds, then answers", "429 Too Many Requests", "7")
            .telling("{url} answered 429: busy…; asking again in 7 s (retry 1 of 2)"),
        busyOnce(
                "503 asks to wait until a date, then answers",
                "503 Service Unavailable",
                "Sun, 01 Mar 2026 12:00:20 GMT")
            .telling("{url} answered 503: busy…; asking again in 20 s (retry 1 of 2)"),
        busyOnce("429 asks to wait an hour: never longer than 60 s", "429 Busy", "3600")
            .telling("{url} answered 429: busy…; asking again in 60 s (retry 1 of 2)"),
        busyOnce("429 asks to wait until yesterday", "429 Busy", "Sat, 28 Feb 2026 12:00:00 GMT")
            .telling("{url} answered 429: busy…; asking again in 0 s (retry 1 of 2)"),
        busyOnce("503 says nonsense about when", "503 Busy", "soon")
            .telling("{url} answered 503: busy…; asking again in 1 s (retry 1 of 2)"),
        Fault.of(
                "429 without end",
                stage ->
                    List.of(
                        List.of(stage.refuse("429 Busy", "", "busy")),
                        List.of(stage.refuse("429 Busy", "", "busy")),
                        List.of(stage.refuse("429 Busy", "", "busy"))))
            .telling(
                "{url} answered 429: busy…; asking again in 1 s (retry 1 of 2)",
                "{url} answered 429: busy…; asking again in 2 s (retry 2 of 2)")
            .failing(Kind.UPSTREAM_RATE_LIMITED, "{url} answered 429: busy" + ECHO + "…", LATER),
        Fault.of(
                "503 without end",
                stage ->
                    List.of(
                        List.of(stage.refuse("503 Busy", "", "busy")),
                        List.of(stage.refuse("503 Busy", "", "busy")),
                        List.of(stage.refuse("503 Busy", "", "busy"))))
            .telling(
                "{url} answered 503: busy…; asking again in 1 s (retry 1 of 2)",
                "{url} answered 503: busy…; asking again in 2 s (retry 2 of 2)")
            .failing(Kind.UPSTREAM_ERROR, "{url} answered 503: busy" + ECHO + "…", LATER));
  }

  private static Fault refused(String status, String message) {
    return Fault.onOneConnection(
        status.substring(0, 3) + " in the provider's own words",
        stage -> List.of(stage.refuse(status, "", message)));
  }

  private static Fault busyOnce(String name, String status, String retryAfter) {
    return Fault.of(
            name,
            stage ->
                List.of(
                    List.of(stage.refuse(status, "Retry-After: " + retryAfter + "\r\n", "busy")),
                    List.of(send(stage.whole("Yes")), hangUp())))
        .saying("Yes");
  }
}
