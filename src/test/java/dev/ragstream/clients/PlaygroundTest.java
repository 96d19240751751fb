package dev.ragstream.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.ragstream.cli.Served;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.openqa.selenium.Dimension;
import tools.jackson.databind.JsonNode;

/** The page at {@code GET /}, in a real browser. */
@ExtendWith(Site.Resolver.class)
@Execution(ExecutionMode.SAME_THREAD) // there is one browser
class PlaygroundTest {

  /** Asks as a user would, and waits until the line above the answer begins so. */
  private static final String ASK =
      """
      const [model, question, rehearse, end] = args;
      const $ = (id) => document.getElementById(id);
      const until = async (condition) => {
        while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
      };
      await until(() => [...$("model").options].some((option) => option.value === model));
      $("model").value = model;
      $("rehearse").value = rehearse;
      $("question").value = question;
      $("go").click();
      await until(() => $("progress").textContent.startsWith(end));
      """;

  private static Browser browser;

  @BeforeAll
  static void open() {
    browser = new Browser();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private static void assertTheThinkerAnswers() {
    JsonNode answer =
        browser.run(
            ASK + "return $('answer').textContent;",
            ModelServer.THINKER,
            Site.QUESTION,
            "",
            "Done");

    assertThat(answer.asString()).isEqualTo("Yes, take 雨伞 🌂 [1].");
  }

  @Test
  void whoAsksThereSeesTheAnswerWhatItStandsOnAndWhatWasSent(Site site) {
    browser.open(site.url("/"));

    JsonNode seen =
        browser.run(
            ASK
                + """
                await until(() => $("runs").textContent.includes(question));
                return {
                  answer: $("answer").textContent,
                  reasoning: $("reasoning").textContent,
                  cites: [...$("answer").querySelectorAll("a")].map((link) => link.getAttribute("href")),
                  passages: [...$("passages").children].map((each) => each.textContent),
                  messages: $("messages").textContent,
                  progress: $("progress").textContent,
                  runs: $("runs").textContent,
                  hosts: performance.getEntriesByType("resource").map((each) => new URL(each.name).host),
                  host: location.host,
                };
                """,
            ModelServer.THINKER,
            Site.QUESTION,
            "",
            "Done");

    assertThat(seen.path("answer").asString()).isEqualTo("Yes, take 雨伞 🌂 [1].");
    assertThat(seen.path("reasoning").asString()).isEqualTo("Rain is likely.");
    assertThat(seen.at("/cites/0").asString()).isEqualTo("#p1");
    assertThat(seen.at("/passages/0").asString()).contains("umbrella", "score", "words #");
    assertThat(seen.path("messages").asString()).contains(Site.QUESTION, "umbrella");
    assertThat(seen.path("progress").asString()).contains("70 + 8 tokens");
    assertThat(seen.path("runs").asString()).contains(Site.QUESTION);
    assertThat(seen.path("hosts"))
        .isNotEmpty()
        .allMatch(host -> host.asString().equals(seen.path("host").asString()));
  }

  @Test
  void anAnswerIsCancelledThere(Site site) throws Exception {
    browser.open(site.url("/"));
    String question = "What is cancelled on the page " + UUID.randomUUID() + "?";

    JsonNode seen =
        browser.run(
            ASK
                + """
                await until(() => $("answer").textContent.includes("3 "));
                $("cancel").click();
                await until(() => $("progress").textContent === "Cancelled");
                return $("answer").textContent;
                """,
            ModelServer.COUNTER,
            question,
            "",
            "The model answers");

    assertThat(seen.asString()).startsWith("1 2 3 ");
    site.models.awaitLeft(question);
  }

  @Test
  void itWorksWhereOthersGetTheOlderServicesAnswers(Site site) {
    try (Served classic = site.serve("--wire", "classic")) {
      browser.open(classic.url() + "/");

      assertTheThinkerAnswers();
    }
  }

  @Test
  void anAnswerWithoutWordsHasNoTimeOfTheFirstOnes(Site site) {
    browser.open(site.url("/"));

    JsonNode progress =
        browser.run(
            ASK + "return $('progress').textContent;",
            ModelServer.SILENT,
            Site.QUESTION,
            "",
            "Done");

    assertThat(progress.asString()).startsWith("Done · whole after ").doesNotContain("NaN");
  }

  @Test
  void onANarrowScreenNothingStandsOutAtTheSide(Site site) {
    Dimension wide = browser.driver().manage().window().getSize();
    browser.driver().manage().window().setSize(new Dimension(500, 800));
    try {
      browser.open(site.url("/"));

      JsonNode seen =
          browser.run(
              ASK
                  + """
                  await until(() => $("runs").textContent.includes(question));
                  document.querySelectorAll("details").forEach((each) => (each.open = true));
                  const width = document.documentElement.clientWidth;
                  return {
                    width,
                    scroll: document.documentElement.scrollWidth,
                    out: [...document.querySelectorAll("body *")]
                      .filter((each) => each.getBoundingClientRect().right > width)
                      .map((each) => `${each.tagName} ${each.id} ${each.className}`),
                  };
                  """,
              ModelServer.THINKER,
              Site.QUESTION
                  + " I ask because of the fair".repeat(10)
                  + " and of "
                  + "x".repeat(200),
              "",
              "Done");

      assertThat(seen.path("width").intValue()).as("%s", seen).isLessThanOrEqualTo(500);
      assertThat(seen.path("scroll").intValue())
          .as("%s", seen)
          .isEqualTo(seen.path("width").intValue());
    } finally {
      browser.driver().manage().window().setSize(wide);
    }
  }

  @Test
  void whereThereIsATokenItIsThePasswordThatTheBrowserAsksFor(Site site) {
    try (Served locked = site.serve("--token", "open-sesame")) {
      String page = "127.0.0.1:" + locked.port() + "/";
      browser.open("http://" + page);
      assertThat(browser.driver().getPageSource()).doesNotContain("ragstream playground");
      browser.open("http://anybody:open-sesame@" + page);
      browser.open("http://" + page);

      assertTheThinkerAnswers();
    }
  }

  @Test
  void anAnswerThatBreaksOffIsReadOn(Site site) {
    browser.open(site.url("/"));

    JsonNode seen =
        browser.run(
            ASK
                + """
                const before = $("answer").textContent;
                $("resume").click();
                await until(() => $("progress").textContent.startsWith("Done"));
                return { before, after: $("answer").textContent };
                """,
            ModelServer.THINKER,
            Site.QUESTION,
            "cut=6",
            "Broken off");

    // A browser forgets what it has not handed to the page when the connection breaks off.
    assertThat("Yes, ").startsWith(seen.path("before").asString());
    assertThat(seen.path("after").asString()).isEqualTo("Yes, take 雨伞 🌂 [1].");
  }

  @Test
  void textOfDocumentsModelsAndQuestionsStaysText(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("docs"));
    Files.writeString(
        folder.resolve("docs/umbrella.txt"), "Carry an umbrella. " + ModelServer.MARKUP_TEXT);
    Files.writeString(
        folder.resolve("ragstream.yaml"), "serve: {models: [" + ModelServer.MARKUP + "]}");
    try (ModelServer models = new ModelServer();
        Served server =
            Served.indexed(
                folder,
                Map.of("OPENAI_BASE_URL", models.url(), "OPENAI_API_KEY", ModelServer.KEY),
                List.of(),
                "docs")) {
      browser.open(server.url() + "/");
      JsonNode seen =
          browser.run(
              ASK
                  + """
                  await until(() => $("runs").textContent.includes("umbrella"));
                  return {
                    touched: window.touched ?? null,
                    foreign: document.querySelectorAll("body img, body script, iframe").length,
                    shown: ["answer", "reasoning", "passages", "messages", "runs"]
                      .filter((id) => $(id).textContent.includes("<img src=x onerror=")),
                  };
                  """,
              ModelServer.MARKUP,
              "An umbrella? " + ModelServer.MARKUP_TEXT,
              "",
              "Done");

      assertThat(seen.path("touched").isNull()).as("%s", seen).isTrue();
      assertThat(seen.path("foreign").intValue()).isZero();
      assertThat(seen.path("shown")).hasSize(5);
    }
  }

  @Test
  void nothingIsLoadedFromElsewhereNorRunInThePageNorFramed(Site site) throws IOException {
    List<String> reached = new CopyOnWriteArrayList<>();
    HttpServer elsewhere =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    elsewhere.createContext(
        "/",
        exchange -> {
          reached.add(exchange.getRequestURI().toString());
          byte[] page =
              "<!doctype html><iframe src=\"%s\"></iframe>"
                  .formatted(site.url("/"))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    elsewhere.start();
    String other = "http://localhost:" + elsewhere.getAddress().getPort();
    try {
      browser.open(site.url("/"));
      JsonNode blocked =
          browser.run(
              """
              const [other] = args;
              const blocked = [];
              document.addEventListener("securitypolicyviolation",
                (event) => blocked.push(event.effectiveDirective));
              const add = (tag, set) => document.body.append(Object.assign(document.createElement(tag), set));
              add("img", { src: other + "/image" });
              add("script", { src: other + "/script" });
              add("script", { textContent: "window.touched = 1" });
              add("iframe", { src: other + "/frame" });
              add("object", { data: other + "/object" });
              add("link", { rel: "stylesheet", href: other + "/style" });
              await fetch(other + "/fetch").catch(() => {});
              navigator.sendBeacon(other + "/beacon");
              try { new WebSocket(other.replace("http", "ws") + "/socket"); } catch {}
              while (new Set(blocked).size < 6) await new Promise((resolve) => setTimeout(resolve, 20));
              return { blocked: [...new Set(blocked)].sort(), touched: window.touched ?? null };
              """,
              other);
      assertThat(blocked.path("touched").isNull()).as("%s", blocked).isTrue();
      assertThat(reached).isEmpty();

      browser.open(other + "/page");
      JsonNode framed =
          browser.run(
              """
              const frame = document.querySelector("iframe");
              try { return frame.contentDocument?.body?.textContent ?? "apart"; } catch { return "apart"; }
              """);
      assertThat(framed.asString()).isEqualTo("apart");
      browser.driver().switchTo().frame(0);
      assertThat(browser.driver().getPageSource()).doesNotContain("ragstream playground");
      browser.driver().switchTo().defaultContent();
    } finally {
      elsewhere.stop(0);
    }
  }
}
