package dev.ragstream.elastic;

import dev.ragstream.core.Failure.Kind;
import dev.ragstream.core.FailureException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;

/** A file of certificates, each between lines with dashes. */
final class PemFile {

  private PemFile() {}

  /**
   * All certificates of a file, at least one.
   *
   * @throws FailureException of kind {@code SETTINGS} where there is none
   */
  static Collection<? extends Certificate> certificates(Path file) {
    try {
      InputStream in = new ByteArrayInputStream(Files.readAllBytes(file));
      var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw failure(file, "holds no certificate");
      }
      return certificates;
    } catch (NoSuchFileException e) {
      throw failure(file, "is not there");
    } catch (AccessDeniedException e) {
      throw failure(file, "may not be read");
    } catch (IOException e) {
      throw failure(file, "cannot be read: " + e.getMessage());
    } catch (CertificateException e) {
      throw failure(file, "holds no certificate in PEM form");
    }
  }

  private static FailureException failure(Path file, String what) {
    return new FailureException(
        Kind.SETTINGS,
        "the file " + file + " of store.caFile " + what,
        "set store.caFile to the PEM file of the cluster's authority, its http_ca.crt, which begins"
            + " with -----BEGIN CERTIFICATE-----");
  }
}
