package dev.ragstream.elastic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/**
 * A certificate authority made for one test, and a certificate by it for {@code localhost} and
 * {@code 127.0.0.1}; all files are PEM.
 *
 * @param caFile the authority's certificate
 * @param chainFile the server's certificate, then the authority's
 * @param keyFile the server's private key
 */
public record TestAuthority(Path caFile, Path chainFile, Path keyFile) {

  private static final List<String> NEW_KEY =
      List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes");

  /** Makes an authority and a server's certificate in a folder, by means of OpenSSL. */
  public static TestAuthority in(Path folder) {
    try {
      Files.writeString(folder.resolve("server.ext"), "subjectAltName=DNS:localhost,IP:127.0.0.1");
      openssl(folder, "req -x509 -days 2 -subj /CN=Test-CA -keyout ca.key -out ca.crt", NEW_KEY);
      openssl(folder, "req -subj /CN=localhost -keyout server.key -out server.csr", NEW_KEY);
      openssl(
          folder,
          "x509 -req -days 2 -CA ca.crt -CAkey ca.key -CAcreateserial -extfile server.ext"
              + " -in server.csr -out server.crt",
          List.of());
      Path ca = folder.resolve("ca.crt");
      String chain = Files.readString(folder.resolve("server.crt")) + Files.readString(ca);
      Path chainFile = Files.writeString(folder.resolve("chain.crt"), chain);
      return new TestAuthority(ca, chainFile, folder.resolve("server.key"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SHA-256 of the authority's certificate, 64 hexadecimal digits. */
  public String caFingerprint() {
    return fingerprint(caFile);
  }

  /** SHA-256 of the server's certificate, 64 hexadecimal digits. */
  public String serverFingerprint() {
    return fingerprint(chainFile);
  }

  /** The first certificate in a file. */
  static X509Certificate certificate(Path file) {
    try (var pem = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String fingerprint(Path file) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate(file).getEncoded());
      return HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void openssl(Path folder, String arguments, List<String> more) {
    ProcessBuilder builder = new ProcessBuilder("openssl");
    builder.command().addAll(List.of(arguments.split(" ")));
    builder.command().addAll(more);
    ProcessRun.successful(builder.directory(folder.toFile()));
  }
}
