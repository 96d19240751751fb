package dev.ragstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of a store in a cluster. */
class StoreRulesTest {

  private static final String DIGITS = "0123456789abcdef".repeat(4);

  private SettingsFolder user;

  @BeforeEach
  void aUser(@TempDir Path temporary) {
    user = new SettingsFolder(temporary);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          apiKey: k, user: u, password: p      | store.apiKey excludes store.user, as one of them is enough | keep the API key, or the user with the password
          apiKey: k, password: p               | store.apiKey excludes store.password, as one of them is enough | keep the API key, or the user with the password
          user: u                              | store.user has no password                  | set store.password, best to ${ELASTICSEARCH_PASSWORD}
          password: p                          | store.password has no user                  | set store.user, for example to elastic
          caFile: ca.crt                       | store.caFile is about certificates, and http://es:9200 has none | begin store.url with https, or leave store.caFile out
          fields: {title: question}            | store.fields.title is for an index that somebody else filled, and its text has no field | set store.fields.text, for example to [answer]
          fields: {source: url}                | store.fields.source is for an index that somebody else filled, and its text has no field | set store.fields.text, for example to [answer]
          fields: {vector: v}                  | store.fields.vector is for an index that somebody else filled, and its text has no field | set store.fields.text, for example to [answer]
          fields: {metadata: [a]}              | store.fields.metadata is for an index that somebody else filled, and its text has no field | set store.fields.text, for example to [answer]
          """)
  void whatDoesNotGoTogetherIsRefused(String settings, String problem, String remedy) {
    user.projectFile("store: {type: elasticsearch, url: http://es:9200, %s}".formatted(settings));

    assertThat(user.failure())
        .isEqualTo("SETTINGS\nragstream.yaml:1: %s\n%s\n".formatted(problem, remedy));
    assertThat(user.set("store.type=lucene").load().store().type())
        .as("only where a cluster is asked")
        .isEqualTo(StoreSettings.Type.LUCENE);
  }

  @Test
  void aClusterNeedsAnAddress() {
    user.projectFile("store:\n  type: elasticsearch\n");

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            ragstream.yaml:2: store.type has no address to go to
            set store.url, for example to http://localhost:9200
            """);
  }

  @Test
  void oneWayToTrustIsEnough() {
    cluster("https://es:9200").set("store.caFile=ca.crt").set("store.caFingerprint=" + DIGITS);

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            --set store.caFile: store.caFile excludes store.caFingerprint, as one of them is enough
            keep one of the two
            """);
  }

  @Test
  void noneOfTheAddressesMayBeWithoutACertificate() {
    cluster("https://es1:9200,http://es2:9200").set("store.caFingerprint=" + DIGITS);

    assertThat(user.failure())
        .contains("store.caFingerprint is about certificates, and http://es2:9200 has none");
  }

  @Test
  void anIndexWithoutVectorsCannotBeSearchedByThem() {
    cluster("http://es:9200").set("store.fields.text=answer").set("retrieval.mode=vector");

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            --set retrieval.mode: retrieval.mode cannot be vector, as the index has no field for vectors
            set store.fields.vector, or retrieval.mode to lexical
            """);
    assertThat(user.set("store.fields.vector=v").load().store().fields().vector()).isEqualTo("v");
  }

  @ParameterizedTest
  @ValueSource(strings = {"store.type=lucene", "store.type=elasticsearch"})
  void aBoostIsForTheFieldsOfSomebodyElse(String type) {
    user.set("store.url=http://es:9200").set(type).set("retrieval.boost.field=question");

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            --set retrieval.boost.field: retrieval.boost.field is for an Elasticsearch index that somebody else filled
            set store.type to elasticsearch and store.fields.text, or leave retrieval.boost out
            """);
  }

  @Test
  void theIndexOfTheOldServiceCanBeDescribed() {
    user.projectFile(
        """
        store:
          type: elasticsearch
          url: http://es:9200
          index: faq
          fields: {text: [question, answer], title: question}
        retrieval:
          boost: {field: question, perTerm: 7, minScore: 25, candidates: 1000}
        """);

    Settings settings = user.load();

    assertThat(settings.store().mapped()).isTrue();
    assertThat(settings.store().fields())
        .isEqualTo(
            new StoreSettings.Fields(
                List.of("question", "answer"), "question", null, null, List.of()));
    assertThat(settings.retrieval().boost())
        .isEqualTo(new RetrievalSettings.Boost("question", 7, 25, 1000));
  }

  @Test
  void everythingCanComeFromTheUsualVariables() {
    user.projectFile(
            """
            store:
              type: elasticsearch
              url: "${ELASTICSEARCH_URL}"
              user: "${ELASTICSEARCH_USER}"
              password: "${ELASTICSEARCH_PASSWORD}"
            """)
        .environment("ELASTICSEARCH_URL", "https://es1:9200, https://es2:9200/path")
        .environment("ELASTICSEARCH_USER", "elastic")
        .environment("ELASTICSEARCH_PASSWORD", "canary");

    StoreSettings store = user.load().store();

    assertThat(store.url())
        .containsExactly(URI.create("https://es1:9200"), URI.create("https://es2:9200/path"));
    assertThat(store.user()).isEqualTo("elastic");
    assertThat(Objects.requireNonNull(store.password()).reveal()).isEqualTo("canary");
    assertThat(user.load().toString()).doesNotContain("canary");
  }

  @Test
  void theUsualVariablesAreNotReadUnlessTheSettingsNameThem() {
    cluster("http://es:9200").environment("ELASTICSEARCH_API_KEY", "canary");

    assertThat(user.load().store().apiKey()).isNull();
  }

  @Test
  void aPasswordInAnAddressIsNotRepeated() {
    cluster("${ELASTICSEARCH_URL}").environment("ELASTICSEARCH_URL", "http://me:canary@es:9200");

    assertThat(user.failure())
        .contains("use store.user and store.password")
        .doesNotContain("canary");
  }

  @Test
  void aFingerprintMayHaveColons() {
    String colons = DIGITS.toUpperCase(java.util.Locale.ROOT).replaceAll("(..)(?!$)", "$1:");
    cluster("https://es:9200").set("store.caFingerprint=" + colons);

    assertThat(user.load().store().caFingerprint()).isEqualTo(new Fingerprint(DIGITS));
  }

  private SettingsFolder cluster(String url) {
    return user.set("store.type=elasticsearch").set("store.url=" + url);
  }
}
