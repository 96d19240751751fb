package dev.ragstream.elastic;

import dev.ragstream.core.Failure.Kind;
import dev.ragstream.core.FailureException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * The words for connections that cannot be made secure.
 *
 * @param subject with whom
 */
record Insecure(String subject, Cluster.Trust trust, ServerText text) {

  FailureException of(SSLException fault) {
    ServerTrust.Refused refused = cause(fault, ServerTrust.Refused.class);
    if (refused != null) {
      return of(refused);
    }
    String said = text.line(fault.getMessage());
    if (fault instanceof SSLPeerUnverifiedException) {
      return failure(
          "the certificate of " + subject + " is for other names: " + said,
          "use a name in store.url that the certificate is for, or give the node a certificate for"
              + " that name");
    }
    return said.contains("plaintext connection")
        ? failure(
            subject + " does not speak https on this port",
            "write http:// in store.url, or the port that speaks https")
        : failure(
            "there is no secure connection to " + subject + ": " + said,
            "check that store.url names a port that speaks https, and the cluster's settings for"
                + " TLS");
  }

  private FailureException of(ServerTrust.Refused refused) {
    if (cause(refused, CertificateExpiredException.class) != null) {
      return failure(
          "the certificate of " + subject + " has expired",
          "renew the certificates of the cluster, and check the clock of this machine");
    }
    if (cause(refused, CertificateNotYetValidException.class) != null) {
      return failure(
          "the certificate of " + subject + " is not valid yet",
          "check the clock of this machine and that of the cluster");
    }
    return switch (trust) {
      case Cluster.Trust.KnownAuthorities _ ->
          failure(
              "Java does not know the authority behind the certificate of "
                  + subject
                  + "; "
                  + shown(refused),
              "set store.caFile to the PEM file of the cluster's authority (its http_ca.crt), or"
                  + " store.caFingerprint to the fingerprint, once you have compared it with the"
                  + " cluster's own");
      case Cluster.Trust.OwnAuthority own ->
          failure(
              "the certificate of "
                  + subject
                  + " was not signed by an authority in "
                  + own.file()
                  + "; "
                  + shown(refused),
              "set store.caFile to the PEM file of the cluster's authority, its http_ca.crt");
      case Cluster.Trust.Fingerprint wanted when refused.showed(wanted) ->
          failure(
              "the certificate of "
                  + subject
                  + " was not signed by the one with the fingerprint of the settings, which it sent"
                  + " as well",
              "somebody else may be answering at that address: check store.url and the"
                  + " certificates of the cluster");
      case Cluster.Trust.Fingerprint _ ->
          failure(
              "no certificate of "
                  + subject
                  + " has the fingerprint of the settings; "
                  + shown(refused),
              "compare it with the cluster's own: only where they are the same, set"
                  + " store.caFingerprint to it; otherwise somebody else answers at that address");
    };
  }

  private static String shown(ServerTrust.Refused refused) {
    return "it showed the SHA-256 fingerprint " + refused.fingerprint();
  }

  private static FailureException failure(String problem, String remedy) {
    return new FailureException(Kind.STORE, problem, remedy);
  }

  private static <T extends Throwable> @Nullable T cause(Throwable fault, Class<T> type) {
    for (Throwable t = fault; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
