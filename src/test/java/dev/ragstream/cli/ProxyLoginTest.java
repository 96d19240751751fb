package dev.ragstream.cli;

import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.model.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models' servers behind a proxy that wants a user and a password. */
class ProxyLoginTest {

  private static final String PASSWORD = "canary@77";
  private static final String ENCODED =
      Base64.getEncoder().encodeToString(("ann:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
  private static final String SENT = "Proxy-Authorization: Basic " + ENCODED + "\r\n";
  private static final String LIST = "{\"data\":[{\"id\":\"gpt-a\"}]}";

  private final ScriptedServer proxy = new ScriptedServer();
  private Path folder;
  private Session session;

  @BeforeEach
  void open(@TempDir Path project) throws IOException {
    folder = project.toRealPath();
    session = new Session(folder);
    settings("http://model.example/v1", "");
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  @Test
  void theLoginOfTheEnvironmentIsSent() {
    session.environment("HTTP_PROXY", "http://" + login("canary%4077"));
    listing();

    assertThat(session.run(List.of("models"), "").out()).contains("openai:gpt-a (llm.model)\n");
    assertThat(proxy.requests().getFirst())
        .startsWith("GET http://model.example/v1/models HTTP/1.1\r\n")
        .contains(SENT);
  }

  @Test
  void theLoginOfTheSettingsIsSentAndNeverShown() throws IOException {
    session.environment("PROXY_PASSWORD", PASSWORD);
    settings("http://model.example/v1", "  proxy: http://" + login("${PROXY_PASSWORD}") + "\n");
    listing();

    Session.Outcome models = session.run(List.of("models"), "");
    Session.Outcome config = session.run(List.of("config", "llm.proxy"), "");

    assertThat(models.out()).contains("openai:gpt-a (llm.model)\n");
    assertThat(proxy.requests().getFirst()).contains(SENT);
    assertThat(config.out()).contains("http://…@" + proxy.url().getAuthority());
    assertThat(models + "" + config).doesNotContain(PASSWORD, "ann:", ENCODED);
  }

  @Test
  void aProxyThatRefusesTheLoginIsToldOfWithoutIt() {
    session.environment("HTTP_PROXY", "http://" + login(PASSWORD));
    refusing("go away, " + PASSWORD + " and " + ENCODED);

    Session.Outcome outcome = session.run(List.of("models"), "");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.out())
        .contains(
            "✗ the proxy http://…@%s wants to know who asks: http://model.example/v1/models answered 407: go away, $HTTP_PROXY and $HTTP_PROXY\n"
                .formatted(proxy.url().getAuthority()))
        .contains("→ check user and password of the proxy in $HTTP_PROXY\n");
    assertThat(outcome.toString()).doesNotContain(PASSWORD, ENCODED);
  }

  @Test
  void aProxyThatIsToldOfNobodySaysWhereALoginBelongs() {
    session.environment("HTTP_PROXY", proxy.url().getAuthority());
    refusing("who are you?");

    assertThat(session.run(List.of("models"), "").out())
        .contains("→ put user and password into the proxy's address");
    assertThat(proxy.requests().getFirst()).doesNotContain("Proxy-Authorization");
  }

  @Test
  void aProxyIsToldWhoAsksForATunnelAsWell() throws Exception {
    settings("https://model.example/v1", "");
    refusing("");

    Process models =
        MainProcess.start(folder, Map.of("HTTPS_PROXY", "http://" + login(PASSWORD)), "models");
    String out = new String(models.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(models.waitFor()).isEqualTo(ExitCode.FAILED);
    assertThat(proxy.requests().getFirst())
        .startsWith("CONNECT model.example:443 HTTP/1.1\r\n")
        .contains(SENT);
    assertThat(out)
        .contains("answered 407")
        .contains("→ check user and password of the proxy in $HTTPS_PROXY\n")
        .doesNotContain(PASSWORD, ENCODED);
  }

  @Test
  void anAddressThatIsNoneIsNotRepeated() throws IOException {
    settings("http://model.example/v1", "  proxy: \"ftp://ann:" + PASSWORD + "@x\"\n");

    Session.Outcome outcome = session.run(List.of("models"), "");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err())
        .contains("ragstream.yaml:4: llm.proxy is no address of a proxy")
        .doesNotContain(PASSWORD);
  }

  private void listing() {
    proxy.script(
        send(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + "Content-Length: %d\r\n\r\n%s".formatted(LIST.length(), LIST)),
        hangUp());
  }

  private void refusing(String said) {
    proxy.script(
        send(
            "HTTP/1.1 407 Proxy Authentication Required\r\nConnection: close\r\n"
                + "Proxy-Authenticate: Basic realm=\"office\"\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(said.length(), said)),
        hangUp());
  }

  private String login(String password) {
    return "ann:" + password + "@" + proxy.url().getAuthority();
  }

  private void settings(String address, String more) throws IOException {
    Files.writeString(
        folder.resolve("ragstream.yaml"),
        "llm:\n  model: openai:gpt-a\n  baseUrl: " + address + "\n" + more);
  }
}
