package dev.ragstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.ScriptedModel;
import dev.ragstream.core.Secret;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The playground's files, as a browser is given them. */
class PageTest {

  private static final Map<String, String> FILES =
      Map.of(
          "/", "text/html;charset=utf-8",
          "/playground.js", "text/javascript;charset=utf-8",
          "/playground.css", "text/css;charset=utf-8",
          "/playground.svg", "image/svg+xml");

  private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

  @Test
  void thePageMayLoadNothingFromElsewhereAndRunNothingInline() throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      HttpResponse<String> page = server.get("/");

      assertThat(page.headers().allValues("Content-Security-Policy"))
          .containsExactly(
              "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
      assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
      assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
      assertThat(page.body())
          .doesNotContainPattern("<script(?![^>]*src=)")
          .doesNotContain("<style", " style=", "javascript:")
          .doesNotContainPattern(" on[a-z]+=");
    }
  }

  @Test
  void everyFileIsThereWithItsTypeAndNamesNothingElsewhere() throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      for (Map.Entry<String, String> file : FILES.entrySet()) {
        HttpResponse<String> response = server.get(file.getKey());
        assertThat(response.statusCode()).as(file.getKey()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue(file.getValue());
        assertThat(response.body().replace("http://www.w3.org/2000/svg", ""))
            .as(file.getKey())
            .doesNotContain("http:", "https:", "//cdn");
      }
      Matcher links = LINK.matcher(server.get("/").body());
      while (links.find()) {
        assertThat(server.get(links.group(1)).statusCode()).as(links.group(1)).isEqualTo(200);
      }
    }
  }

  @Test
  void whatComesFromDocumentsAndModelsIsSetAsText() throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      assertThat(server.get("/playground.js").body())
          .doesNotContain(
              "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
    }
  }

  @Test
  void theFilesAreForThoseWhoMayComeInAlone() throws Exception {
    ServerOptions locked =
        new ServerOptions(
            false,
            new Secret("$TOKEN", () -> "canary"),
            Set.of(),
            List.of(),
            10,
            null,
            Map.of(),
            null,
            null,
            Duration.ofMinutes(2));
    try (TestServer server =
        new TestServer(new ScriptedModel(reader -> reader.text("Yes.")), locked)) {
      for (String file : FILES.keySet()) {
        HttpResponse<String> stranger = server.get(file);
        assertThat(stranger.statusCode()).as(file).isEqualTo(401);
        assertThat(stranger.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(
                server
                    .send(
                        server
                            .request(file)
                            .header("Authorization", "Bearer canary")
                            .header("Origin", "http://evil.example"))
                    .statusCode())
            .isEqualTo(403);
        assertThat(
                server
                    .send(server.request(file).header("Authorization", "Bearer canary"))
                    .statusCode())
            .isEqualTo(200);
      }
    }
  }
}
