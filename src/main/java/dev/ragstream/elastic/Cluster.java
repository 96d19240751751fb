package dev.ragstream.elastic;

import dev.ragstream.core.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where an Elasticsearch cluster is, and how to speak to it.
 *
 * @param urls of its nodes, {@code http} or {@code https}, at least one; they are asked in turn,
 *     and one that fails is left out for a while
 * @param connectTimeout how long a connection may take
 * @param answerTimeout how long a node may be silent
 */
public record Cluster(
    List<URI> urls,
    Credentials credentials,
    Trust trust,
    Duration connectTimeout,
    Duration answerTimeout) {

  public Cluster {
    urls = List.copyOf(urls);
  }

  /** Who asks. */
  public sealed interface Credentials {

    /** A cluster without security, or a proxy that adds what it needs. */
    record None() implements Credentials {}

    /**
     * An API key.
     *
     * @param key in its encoded form, as Kibana and the API {@code _security/api_key} show it
     */
    record ApiKey(Secret key) implements Credentials {}

    /** A user's name and password. */
    record Login(String user, Secret password) implements Credentials {}
  }

  /** Whose certificates are believed. */
  public sealed interface Trust {

    /** Those of the authorities that Java knows. */
    record KnownAuthorities() implements Trust {}

    /** Those of the authority in a PEM file, such as the {@code http_ca.crt} of a cluster. */
    record OwnAuthority(Path file) implements Trust {}

    /**
     * The one certificate, or those of the one authority, with this fingerprint.
     *
     * @param sha256 64 hexadecimal digits, with or without colons
     */
    record Fingerprint(String sha256) implements Trust {}
  }
}
