package dev.ragstream.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.ragstream.cli.Served;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.openqa.selenium.By;
import tools.jackson.databind.JsonNode;

/** Pages of another server in a real browser, allowed and foreign ones. */
@ExtendWith(Site.Resolver.class)
@Execution(ExecutionMode.SAME_THREAD) // there is one browser
class BrowserTest {

  private static Browser browser;
  private static HttpServer pages;
  private static Served server;

  @BeforeAll
  static void open(Site site) throws IOException {
    browser = new Browser();
    pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    pages.createContext(
        "/",
        exchange -> {
          byte[] page = "<!doctype html><title>a page</title>".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    pages.start();
    server = site.serve("--cors", friend());
  }

  @AfterAll
  static void close() {
    if (server != null) {
      server.close();
    }
    if (pages != null) {
      pages.stop(0);
    }
    if (browser != null) {
      browser.close();
    }
  }

  /** The origin of a page that may ask. */
  private static String friend() {
    return "http://localhost:" + pages.getAddress().getPort();
  }

  /** The same server by a name that may not. */
  private static String stranger() {
    return "http://evil.example:" + pages.getAddress().getPort();
  }

  @Test
  void anEventSourceGoesOnWhereItWasCutOffAndStopsAtTheEnd() {
    browser.open(friend());

    JsonNode seen =
        browser.run(
            """
            const [server, body] = args;
            const begun = await fetch(server + "/api/runs", {
              method: "POST", headers: { "Content-Type": "application/json" }, body });
            const { id } = await begun.json();
            const source = new EventSource(`${server}/api/runs/${id}/events`);
            const events = [];
            let connections = 0;
            source.onopen = () => connections++;
            for (const type of ["retrieved", "prompt", "reasoning", "text", "completed", "cancelled", "failed"]) {
              source.addEventListener(type, (event) =>
                events.push({ type, id: event.lastEventId, told: JSON.parse(event.data) }));
            }
            await new Promise((resolve) => {
              source.onerror = () => source.readyState === EventSource.CLOSED && resolve();
            });
            return { events, connections };
            """,
            server.url().toString(),
            "{\"question\":\"%s\",\"model\":\"%s\",\"rehearse\":\"cut=5\"}"
                .formatted(Site.QUESTION, ModelServer.THINKER));

    assertThat(seen.path("connections").intValue()).as("%s", seen).isEqualTo(2);
    List<String> ids = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (JsonNode event : seen.path("events")) {
      ids.add(event.path("id").asString());
      assertThat(event.at("/told/type").asString()).isEqualTo(event.path("type").asString());
      text.append(event.at("/told/text").asString(""));
    }
    assertThat(ids)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 11).mapToObj(Integer::toString).toList());
    assertThat(text.toString()).isEqualTo("Rain is likely.Yes, take 雨伞 🌂 [1].");
  }

  @Test
  void fetchReadsAnAnswerAsItComesAndAnAbortStopsTheModel(Site site) throws Exception {
    browser.open(friend());
    String question = "What is aborted by fetch " + UUID.randomUUID() + "?";

    JsonNode seen =
        browser.run(
            """
            const [server, body] = args;
            const leaving = new AbortController();
            const response = await fetch(server + "/stream", {
              method: "POST", headers: { "Content-Type": "application/json" }, body,
              signal: leaving.signal });
            const decoder = new TextDecoderStream();
            const reader = response.body.pipeThrough(decoder).getReader();
            let text = "";
            let pieces = 0;
            while (!text.includes('"3 "')) {
              const { value } = await reader.read();
              text += value;
              pieces++;
            }
            leaving.abort();
            return { pieces, text, run: response.headers.get("X-Ragstream-Run"),
              type: response.headers.get("Content-Type") };
            """,
            server.url().toString(),
            "{\"question\":\"%s\",\"model\":\"%s\"}".formatted(question, ModelServer.COUNTER));

    assertThat(seen.path("text").asString()).startsWith("event: retrieved\nid: 1\ndata: {");
    assertThat(seen.path("pieces").intValue()).isGreaterThan(1);
    assertThat(seen.path("run").asString()).isNotBlank();
    assertThat(seen.path("type").asString()).startsWith("text/event-stream");
    site.models.awaitLeft(question);
  }

  @Test
  void aForeignPageReachesNothing(Site site) {
    browser.open(stranger());
    String question = "What does a stranger ask " + UUID.randomUUID() + "?";

    JsonNode seen =
        browser.run(
            """
            const [server, body] = args;
            const told = async (call) => {
              try { const response = await call(); return response.status + " " + response.type; }
              catch (error) { return error.name; }
            };
            const socket = (address) => new Promise((resolve) => {
              const opened = new WebSocket(address);
              opened.onopen = () => resolve("open");
              opened.onclose = (event) => resolve("closed " + event.code);
            });
            const source = (address) => new Promise((resolve) => {
              const opened = new EventSource(address);
              opened.onopen = () => resolve("open");
              opened.onerror = () => resolve("error " + opened.readyState);
            });
            const post = { method: "POST", body };
            return {
              asked: await told(() => fetch(server + "/stream", post)),
              preflight: await told(() => fetch(server + "/stream", {
                ...post, headers: { "Content-Type": "application/json" } })),
              blind: await told(() => fetch(server + "/stream", { ...post, mode: "no-cors" })),
              read: await told(() => fetch(server + "/api/runs")),
              socket: await socket(server.replace("http", "ws") + "/ws_chat"),
              source: await source(server + "/api/runs/0/events"),
              script: await new Promise((resolve) => {
                const script = document.createElement("script");
                script.src = server + "/openapi.json";
                script.onload = () => resolve("loaded");
                script.onerror = () => resolve("error");
                document.head.append(script);
              }),
            };
            """,
            server.url().toString(),
            "{\"question\":\"%s\",\"model\":\"%s\"}".formatted(question, ModelServer.THINKER));

    assertThat(seen.path("asked").asString()).as("%s", seen).isEqualTo("TypeError");
    assertThat(seen.path("preflight").asString()).isEqualTo("TypeError");
    assertThat(seen.path("blind").asString()).isIn("TypeError", "0 opaque");
    assertThat(seen.path("read").asString()).isEqualTo("TypeError");
    assertThat(seen.path("socket").asString()).isEqualTo("closed 1006");
    assertThat(seen.path("source").asString()).isEqualTo("error 2");
    assertThat(seen.path("script").asString()).isEqualTo("error");
    assertThat(site.models.requests()).noneMatch(request -> request.contains(question));
  }

  @Test
  void aPageThatMayAskOpensAWebSocket() {
    browser.open(friend());

    JsonNode frames =
        browser.run(
            """
            const [address, question] = args;
            const socket = new WebSocket(address);
            const frames = [];
            await new Promise((resolve, reject) => {
              socket.onopen = () => socket.send(question);
              socket.onerror = reject;
              socket.onmessage = (message) => {
                frames.push(JSON.parse(message.data));
                if (frames.at(-1).type === "completed") resolve();
              };
            });
            socket.close();
            return frames;
            """,
            server.url().toString().replace("http", "ws") + "/ws_chat",
            "{\"id\":\"q\",\"question\":\"%s\",\"model\":\"%s\"}"
                .formatted(Site.QUESTION, ModelServer.THINKER));

    assertThat(frames).as("%s", frames).hasSize(11);
    assertThat(frames).allMatch(frame -> frame.path("id").asString().equals("q"));
  }

  @Test
  void aNameThatIsMadeToPointHereIsRefused() {
    browser.open("http://evil.example:" + server.port() + "/healthz");

    assertThat(browser.driver().findElement(By.tagName("body")).getText())
        .contains("this server is not called evil.example");
    // Nor may what stands there ask anything.
    JsonNode seen = browser.run("return (await fetch('/api/runs')).status");
    assertThat(seen.path("threw").asString()).startsWith("TypeError");
  }
}
