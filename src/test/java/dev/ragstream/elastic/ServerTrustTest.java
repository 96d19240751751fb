package dev.ragstream.elastic;

import static dev.ragstream.elastic.Clusters.toldOf;
import static dev.ragstream.elastic.Clusters.trusting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.FailureException;
import dev.ragstream.elastic.Cluster.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of a real nginx before a real node. */
@ExtendWith(ElasticNode.class)
class ServerTrustTest {

  private final URI node;
  private final Path folder;
  private final TestAuthority authority;

  ServerTrustTest(URI node, @TempDir Path folder) {
    this.node = node;
    this.folder = folder;
    this.authority = TestAuthority.in(folder);
  }

  @Test
  void theOwnAuthorityIsBelieved() throws IOException {
    assertThat(told(authority, new Trust.OwnAuthority(authority.caFile()))).isEqualTo("believed");
  }

  @Test
  void aFileMayHoldSeveralAuthorities() throws IOException {
    Path both = file("both.crt", text(stranger().caFile()) + text(authority.caFile()));

    assertThat(told(authority, new Trust.OwnAuthority(both))).isEqualTo("believed");
  }

  @Test
  void theAuthorityBehindAFingerprintIsBelieved() throws IOException {
    String sha256 = authority.caFingerprint();

    assertThat(told(authority, new Trust.Fingerprint(sha256))).isEqualTo("believed");
  }

  @Test
  void aFingerprintMayHaveColonsAndCapitals() throws IOException {
    String sha256 = authority.caFingerprint().toUpperCase(Locale.ROOT).replaceAll("..(?=.)", "$0:");

    assertThat(told(authority, new Trust.Fingerprint(sha256))).isEqualTo("believed");
  }

  @Test
  void aServersOwnFingerprintIsBelieved() throws IOException {
    String sha256 = authority.serverFingerprint();

    assertThat(told(authority, new Trust.Fingerprint(sha256))).isEqualTo("believed");
    assertThat(told(alone(authority), new Trust.Fingerprint(sha256))).isEqualTo("believed");
  }

  @Test
  void aStrangerIsNotBelievedForSendingTheAuthoritysCertificateAlong() throws IOException {
    TestAuthority stranger = stranger();
    Path chain = file("thief.crt", text(alone(stranger).chainFile()) + text(authority.caFile()));
    TestAuthority thief = new TestAuthority(stranger.caFile(), chain, stranger.keyFile());

    assertThat(told(thief, new Trust.Fingerprint(authority.caFingerprint())))
        .isEqualTo(
            """
            STORE: the certificate of Elasticsearch at URL was not signed by the one with the \
            fingerprint of the settings, which it sent as well
            -> somebody else may be answering at that address: check store.url and the \
            certificates of the cluster
            """);
  }

  @Test
  void aFingerprintThatDiffersIsShown() throws IOException {
    assertThat(told(authority, new Trust.Fingerprint("00".repeat(32))))
        .isEqualTo(
            """
            STORE: no certificate of Elasticsearch at URL has the fingerprint of the settings; it \
            showed the SHA-256 fingerprint %s
            -> compare it with the cluster's own: only where they are the same, set \
            store.caFingerprint to it; otherwise somebody else answers at that address
            """
                .formatted(authority.caFingerprint()));
  }

  @Test
  void anAuthorityThatJavaDoesNotKnow() throws IOException {
    assertThat(told(authority, new Trust.KnownAuthorities()))
        .isEqualTo(
            """
            STORE: Java does not know the authority behind the certificate of Elasticsearch at \
            URL; it showed the SHA-256 fingerprint %s
            -> set store.caFile to the PEM file of the cluster's authority (its http_ca.crt), or \
            store.caFingerprint to the fingerprint, once you have compared it with the cluster's \
            own
            """
                .formatted(authority.caFingerprint()));
  }

  @Test
  void anotherAuthorityThanInTheFile() throws IOException {
    Path file = stranger().caFile();

    assertThat(told(authority, new Trust.OwnAuthority(file)))
        .isEqualTo(
            """
            STORE: the certificate of Elasticsearch at URL was not signed by an authority in %s; \
            it showed the SHA-256 fingerprint %s
            -> set store.caFile to the PEM file of the cluster's authority, its http_ca.crt
            """
                .formatted(file, authority.caFingerprint()));
  }

  @Test
  void aCertificateForAnotherName() throws IOException {
    TestAuthority elsewhere = reissued("-days 2", "DNS:es.example.org");

    assertThat(told(elsewhere, new Trust.OwnAuthority(authority.caFile())))
        .isEqualTo(
            """
            STORE: the certificate of Elasticsearch at URL is for other names: Certificate for \
            <127.0.0.1> doesn't match any of the subject alternative names: [es.example.org]
            -> use a name in store.url that the certificate is for, or give the node a \
            certificate for that name
            """);
  }

  @Test
  void aCertificateThatHasExpired() throws IOException {
    TestAuthority expired = reissued("-days -1", "IP:127.0.0.1");

    assertThat(told(expired, new Trust.OwnAuthority(authority.caFile())))
        .isEqualTo(
            """
            STORE: the certificate of Elasticsearch at URL has expired
            -> renew the certificates of the cluster, and check the clock of this machine
            """);
  }

  @Test
  void httpOnAPortForHttps() throws IOException {
    try (Nginx nginx = Nginx.before(node).tls(authority).start(folder)) {
      URI http = URI.create(nginx.url().toString().replace("https:", "http:"));

      assertThat(toldOf(Clusters.at(http)))
          .isEqualTo(
              """
              STORE: Elasticsearch at %s speaks https alone on this port
              -> write https:// in store.url
              """
                  .formatted(http));
    }
  }

  @Test
  void aFileThatIsNotThere() {
    Path file = folder.resolve("none.crt");

    assertThat(toldOf(trusting(new Trust.OwnAuthority(file), node)))
        .isEqualTo(
            """
            SETTINGS: the file %s of store.caFile is not there
            -> set store.caFile to the PEM file of the cluster's authority, its http_ca.crt, \
            which begins with -----BEGIN CERTIFICATE-----
            """
                .formatted(file));
  }

  @Test
  void aFolderInsteadOfAFile() {
    assertThat(toldOf(trusting(new Trust.OwnAuthority(folder), node)))
        .startsWith("SETTINGS: the file " + folder + " of store.caFile cannot be read: ");
  }

  @Test
  void filesWithoutACertificate() throws IOException {
    for (String content : new String[] {"", "certificate", text(authority.keyFile())}) {
      Path file = file("no.crt", content);

      assertThat(toldOf(trusting(new Trust.OwnAuthority(file), node)))
          .startsWith("SETTINGS: the file " + file + " of store.caFile holds no certificate");
    }
  }

  private String told(TestAuthority server, Trust trust) throws IOException {
    try (Nginx nginx = Nginx.before(node).tls(server).start(folder)) {
      Cluster cluster = trusting(trust, nginx.url());
      try (Connection connection = new Connection(cluster)) {
        connection.call(c -> c.cluster().health());
        return "believed";
      } catch (FailureException e) {
        return Clusters.told(e.failure()).replace(nginx.url().toString(), "URL");
      }
    }
  }

  /** An authority of the same name. */
  private TestAuthority stranger() throws IOException {
    return TestAuthority.in(Files.createTempDirectory(folder, "stranger"));
  }

  /** Sends the server's certificate without its authority's. */
  private TestAuthority alone(TestAuthority all) throws IOException {
    String chain = text(all.chainFile());
    int second = chain.indexOf("-----BEGIN CERTIFICATE-----", 1);
    Path one =
        Files.writeString(
            Files.createTempFile(folder, "alone", ".crt"), chain.substring(0, second));
    return new TestAuthority(all.caFile(), one, all.keyFile());
  }

  /** Another certificate by the same authority. */
  private TestAuthority reissued(String validity, String name) throws IOException {
    file("other.ext", "subjectAltName=" + name);
    String command =
        "openssl x509 -req "
            + validity
            + " -CA ca.crt -CAkey ca.key -CAcreateserial -extfile other.ext -in server.csr"
            + " -out other.crt";
    ProcessRun.successful(new ProcessBuilder(command.split(" ")).directory(folder.toFile()));
    return new TestAuthority(authority.caFile(), folder.resolve("other.crt"), authority.keyFile());
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file);
  }
}
