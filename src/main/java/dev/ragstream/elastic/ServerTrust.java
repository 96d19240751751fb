package dev.ragstream.elastic;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a server's certificates are believed; whether they are for its name, the client
 * decides.
 */
final class ServerTrust implements X509TrustManager {

  /** Throws what speaks against a chain of certificates, the server's own first. */
  @FunctionalInterface
  private interface Check {

    void on(X509Certificate[] chain, String authType) throws CertificateException;
  }

  /** A server's certificates are not believed. */
  static final class Refused extends CertificateException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> fingerprints;

    private Refused(X509Certificate[] chain, CertificateException cause)
        throws CertificateException {
      super("the certificate is not trusted", cause);
      List<String> hashes = new ArrayList<>();
      for (X509Certificate certificate : chain) {
        hashes.add(sha256(certificate));
      }
      this.fingerprints = List.copyOf(hashes);
    }

    /** SHA-256 of the last certificate that was sent: its authority's, or the server's own. */
    String fingerprint() {
      return fingerprints.getLast();
    }

    /** Whether a certificate with the fingerprint was sent. */
    boolean showed(Cluster.Trust.Fingerprint wanted) {
      return fingerprints.contains(digits(wanted));
    }
  }

  private final Check check;

  private ServerTrust(Check check) {
    this.check = check;
  }

  /**
   * What TLS needs to know of trust.
   *
   * @throws dev.ragstream.core.FailureException of kind {@code SETTINGS} where a file of
   *     certificates cannot be used
   */
  static SSLContext context(Cluster.Trust trust) {
    try {
      Check check =
          switch (trust) {
            case Cluster.Trust.KnownAuthorities _ -> known();
            case Cluster.Trust.OwnAuthority(Path file) ->
                manager(keys(PemFile.certificates(file)))::checkServerTrusted;
            case Cluster.Trust.Fingerprint wanted -> pinned(digits(wanted));
          };
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new ServerTrust(check)}, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    try {
      check.on(chain, authType);
    } catch (CertificateException e) {
      throw new Refused(chain, e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("there are no clients here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  /** Java's file of authorities is large, and plain http never needs it. */
  private static Check known() {
    return (chain, authType) -> {
      try {
        manager(null).checkServerTrusted(chain, authType);
      } catch (CertificateException e) {
        throw e;
      } catch (GeneralSecurityException e) {
        throw new CertificateException(e);
      }
    };
  }

  /**
   * That a certificate with the fingerprint came along says nothing, for anybody may send it: it
   * has to be the server's own, or to have signed that one.
   */
  private static Check pinned(String wanted) {
    return (chain, authType) -> {
      for (X509Certificate certificate : chain) {
        if (sha256(certificate).equals(wanted)) {
          try {
            manager(keys(List.of(certificate))).checkServerTrusted(chain, authType);
            return;
          } catch (GeneralSecurityException | IOException e) {
            throw new CertificateException(e);
          }
        }
      }
      throw new CertificateException("no certificate has the fingerprint");
    };
  }

  /**
   * Java's own rules.
   *
   * @param authorities null: those that Java knows
   */
  private static X509TrustManager manager(@Nullable KeyStore authorities)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }

  private static KeyStore keys(Collection<? extends Certificate> certificates)
      throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
    keys.load(null, null);
    for (Certificate certificate : certificates) {
      keys.setCertificateEntry("authority-" + keys.size(), certificate);
    }
    return keys;
  }

  private static String digits(Cluster.Trust.Fingerprint fingerprint) {
    return fingerprint.sha256().replace(":", "").toLowerCase(Locale.ROOT);
  }

  private static String sha256(X509Certificate certificate) throws CertificateException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new CertificateException(e);
    }
  }
}
