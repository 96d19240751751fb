package dev.ragstream.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ElasticNode.class)
class NginxTest {

  private static final String HEALTH = "/_cluster/health";

  @TempDir Path folder;
  private NginxSite site;

  @BeforeEach
  void beforeElasticsearch(URI elasticsearch) {
    site = Nginx.before(elasticsearch);
  }

  @Test
  void aPlainSiteHandsEverythingOn() throws IOException {
    try (Nginx nginx = site.start(folder)) {
      HttpResponse<String> answer = Rest.at(nginx.url()).get(HEALTH);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("X-Elastic-Product")).hasValue("Elasticsearch");
    }
  }

  @Test
  void aPasswordIsAskedFor() throws IOException {
    try (Nginx nginx = site.basicAuth("ada", "secret").start(folder)) {
      assertThat(status(nginx, "")).isEqualTo(401);
      assertThat(status(nginx, basic("ada:wrong"))).isEqualTo(401);
      assertThat(status(nginx, basic("ada:secret"))).isEqualTo(200);
    }
  }

  @Test
  void aKeyIsAskedFor() throws IOException {
    try (Nginx nginx = site.apiKey("good", "weak").start(folder)) {
      assertThat(status(nginx, "")).isEqualTo(401);
      assertThat(status(nginx, "ApiKey other")).isEqualTo(401);
      assertThat(status(nginx, "ApiKey weak")).isEqualTo(403);
      assertThat(status(nginx, "ApiKey good")).isEqualTo(200);

      HttpResponse<String> refusal = Rest.at(nginx.url()).get(HEALTH);
      assertThat(refusal.headers().firstValue("WWW-Authenticate")).hasValue("ApiKey");
      assertThat(refusal.body()).contains("\"type\":\"security_exception\"");
    }
  }

  @Test
  void aCertificateIsTrustedThroughItsAuthorityAlone() throws Exception {
    TestAuthority authority = TestAuthority.in(folder);
    try (Nginx nginx = site.tls(authority).start(folder)) {
      assertThatThrownBy(() -> Rest.at(nginx.url()).get(HEALTH))
          .isInstanceOf(UncheckedIOException.class)
          .hasCauseInstanceOf(SSLHandshakeException.class);

      HttpClient trusting = HttpClient.newBuilder().sslContext(trusting(authority)).build();
      URI byName = URI.create("https://localhost:" + nginx.url().getPort());
      assertThat(new Rest(trusting, nginx.url()).get(HEALTH).statusCode()).isEqualTo(200);
      HttpResponse<String> answer = new Rest(trusting, byName).get(HEALTH);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.sslSession().orElseThrow().getPeerCertificates())
          .extracting(certificate -> sha256(certificate.getEncoded()))
          .containsExactly(authority.serverFingerprint(), authority.caFingerprint());
    }
  }

  @Test
  void anAnswerIsGivenInTheServersPlace() throws IOException {
    try (Nginx nginx = site.answer("/_bulk$", 429, "{\"status\":429}").start(folder)) {
      HttpResponse<String> answer = Rest.at(nginx.url()).sendOnce("POST", "/some/_bulk", "{}");

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.body()).isEqualTo("{\"status\":429}");
      assertThat(status(nginx, "")).isEqualTo(200);
    }
  }

  @Test
  void anIdleConnectionIsClosed() throws IOException {
    try (Nginx nginx = site.keepAlive(Duration.ofSeconds(1)).start(folder);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), nginx.url().getPort())) {
      String request = "GET " + HEALTH + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 200 OK")
          .contains("Connection: keep-alive");
    }
  }

  @Test
  void silenceLastsUntilTheClientGivesUp() throws Exception {
    try (Nginx nginx = site.silent("/_search$").start(folder);
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(nginx.url().resolve("/some/_search"))
              .timeout(Duration.ofSeconds(1))
              .build();

      assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
          .isExactlyInstanceOf(HttpTimeoutException.class);
      assertThat(status(nginx, "")).isEqualTo(200);
    }
  }

  @Test
  void aSlowAnswerArrivesWhole() throws IOException {
    try (Nginx nginx = site.slow("/_cluster", 1000).start(folder)) {
      assertThat(Rest.at(nginx.url()).get(HEALTH).body()).startsWith("{").endsWith("}");
    }
  }

  private static int status(Nginx nginx, String authorization) {
    Rest rest = Rest.at(nginx.url());
    return (authorization.isEmpty()
            ? rest.get(HEALTH)
            : rest.send("GET", HEALTH, "", "Authorization", authorization))
        .statusCode();
  }

  private static String basic(String credentials) {
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static SSLContext trusting(TestAuthority authority) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("ca", TestAuthority.certificate(authority.caFile()));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
