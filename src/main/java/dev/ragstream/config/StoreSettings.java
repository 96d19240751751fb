package dev.ragstream.config;

import dev.ragstream.core.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the index lives; a part of the table of {@link Settings}. */
public record StoreSettings(
    @Key(value = "Kind of store.", standard = "lucene") Type type,
    @Key(value = "Folder of the index (lucene).", standard = ".ragstream/index", starter = true)
        Path path,
    @Key(
            value = "Addresses of the cluster's nodes, one or several (elasticsearch).",
            example = "\"${ELASTICSEARCH_URL}\"")
        List<URI> url,
    @Key(value = "Name of the index in the cluster.", standard = "ragstream") IndexName index,
    @Key(
            value = "API key of the cluster, in its encoded form.",
            example = "\"${ELASTICSEARCH_API_KEY}\"")
        @Nullable Secret apiKey,
    @Key(
            value = "User of the cluster, where it wants no API key.",
            example = "\"${ELASTICSEARCH_USER}\"")
        @Nullable String user,
    @Key(value = "Password of `store.user`.", example = "\"${ELASTICSEARCH_PASSWORD}\"")
        @Nullable Secret password,
    @Key(
            value =
                "PEM file with the authority that signed the cluster's certificate; not set: those"
                    + " that Java knows.",
            example = "http_ca.crt")
        @Nullable Path caFile,
    @Key(
            value =
                "SHA-256 fingerprint of that authority or of the certificate, in the file's place.",
            example = "73300871f44c168e7c949de2c750e60c2c9bb8ff530017c5a267234e9cb4db8e")
        @Nullable Fingerprint caFingerprint,
    @Key(value = "How long a connection may take.", standard = "5s") Duration connectTimeout,
    @Key(value = "How long a node may be silent.", standard = "60s") Duration answerTimeout,
    @Section(
            "Which fields of an index that somebody else filled mean what; such an index is only"
                + " read.")
        Fields fields) {

  /** Kind of store. */
  public enum Type {
    LUCENE,
    ELASTICSEARCH
  }

  /** Whether somebody else fills the index, so that its fields are named. */
  public boolean mapped() {
    return type == Type.ELASTICSEARCH && !fields.text().isEmpty();
  }

  /** Whether the index holds no vectors that are known of. */
  public boolean wordsAlone() {
    return mapped() && fields.vector() == null;
  }

  /** Which fields of an index that somebody else filled mean what. */
  public record Fields(
      @Key(value = "Fields that make up the text.", example = "[answer]") List<String> text,
      @Key(value = "Field of the title.", example = "question") @Nullable String title,
      @Key(value = "Field that names the document.", example = "url") @Nullable String source,
      @Key(
              value = "Field of the vector; not set: the index is searched by words alone.",
              example = "embedding")
          @Nullable String vector,
      @Key(value = "Fields to show and to filter by.", example = "[lang, topic]")
          List<String> metadata) {}
}
