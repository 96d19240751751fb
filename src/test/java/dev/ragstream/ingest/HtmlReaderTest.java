package dev.ragstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class HtmlReaderTest {

  @Test
  void theArticleIsReadAndNotTheNavigation() {
    Document document =
        Reads.document(
            "page.html",
            """
            <!doctype html><html lang="en"><head><title>Weather - The Town</title>
            <style>p {color: red}</style></head><body>
            <header><a href="/">The Town</a></header>
            <nav><ul><li><a href="/a">Home</a></li><li><a href="/b">News</a></li></ul></nav>
            <div class="cookie-banner">We use cookies.</div>
            <main><article>
              <h1>Weather</h1><p>It <b>rains</b>
              today.<br>Take an umbrella.</p>
              <h2>Numbers</h2>
              <table><tr><th>place</th><th>rain</th></tr><tr><td>north</td><td>12 | 13</td></tr></table>
              <ol><li>First<ul><li>Inner</li></ul></li><li>Second</li></ol>
              <pre>a
               b</pre>
              <dl><dt>mm</dt><dd>millimetres</dd></dl>
              <p hidden>secret</p><p style="display: none">secret</p><p aria-hidden="true">secret</p>
              <form><label>Your mail</label><input></form>
              <aside>Related pages</aside>
            </article></main>
            <footer>© The Town</footer><script>alert(1)</script></body></html>
            """);

    assertThat(Reads.written(document))
        .isEqualTo(
            """
            Weather {lang=en, type=html}
            #\s
            [LINES] It rains today.
            Take an umbrella.
            # Numbers
            [TABLE] | place | rain |
            | --- | --- |
            | north | 12 \\| 13 |
            [LINES] 1. First
              - Inner
            2. Second
            [LINES] ```
            a
               b
            ```
            [LINES] mm: millimetres
            """);
  }

  @Test
  void withoutAMarkedArticleMenusGoByTheirLinks() {
    Document document =
        Reads.document(
            "page.html",
            """
            <html><body><div><a href=1>Home</a> <a href=2>News</a> <a href=3>Contact</a></div>
            <div><p>It rains today, says the <a href=4>bulletin</a>, and the wind is strong.</p></div>
            </body></html>
            """);

    assertThat(Reads.text(document))
        .isEqualTo("It rains today, says the bulletin, and the wind is strong.");
  }

  @Test
  void deepNestingIsACleanError() {
    assertThat(Reads.failure("a.html", "<div>".repeat(200_000) + "x").problem())
        .isEqualTo("a.html is nested too deeply to be read");
  }

  @Test
  void nothingThatAFileRefersToIsFetched() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/x";
      String entity = "<!DOCTYPE a [<!ENTITY x SYSTEM \"%s\">]>".formatted(url);
      Reads.document(
          "a.html",
          "<p>text<img src='%1$s'><link rel=stylesheet href='%1$s'><iframe src='%1$s'></iframe>"
              .formatted(url));
      Reads.document(
          "a.svg",
          entity
              + "<svg xmlns:xlink='x'><image xlink:href='%s'/><text>t &x;</text></svg>"
                  .formatted(url));
      Document xml = Reads.document("a.xml", "<?xml version='1.0'?>" + entity + "<a>text &x;</a>");

      assertThat(Reads.text(xml)).contains("text");
      assertNoConnection(server);
    }
  }

  @Test
  void anEntityOpensNoFile() {
    Document document =
        Reads.document(
            "a.xml",
            "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a><b>one &x;</b></a>");

    assertThat(Reads.text(document)).isEqualTo("b: one &x;");
  }

  @Test
  void entitiesThatMultiplyAreNotExpanded() {
    String laughs =
        """
        <!DOCTYPE a [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
        <a><b>&c;</b></a>
        """;

    assertThat(Reads.text(Reads.document("a.xml", laughs))).isEqualTo("b: &c;");
  }

  static void assertNoConnection(ServerSocket server) throws IOException {
    server.setSoTimeout(1);
    try (var connection = server.accept()) {
      assertThat(connection).describedAs("a connection was made").isNull();
    } catch (SocketTimeoutException e) {
      assertThat(e).isNotNull(); // nobody called
    }
  }
}
