package dev.ragstream.elastic;

import static dev.ragstream.elastic.Clusters.API_KEY;
import static dev.ragstream.elastic.Clusters.KEY;
import static dev.ragstream.elastic.Clusters.LOGIN;
import static dev.ragstream.elastic.Clusters.NOBODY;
import static dev.ragstream.elastic.Clusters.PASSWORD;
import static dev.ragstream.elastic.Clusters.as;
import static dev.ragstream.elastic.Clusters.toldOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real nginx asks for credentials before a real node. */
@ExtendWith(ElasticNode.class)
class AuthorizationTest {

  private final URI node;
  private final Path folder;

  AuthorizationTest(URI node, @TempDir Path folder) {
    this.node = node;
    this.folder = folder;
  }

  @Test
  void aUserIsLetIn() throws IOException {
    try (Nginx nginx = Nginx.before(node).basicAuth("ragstream", PASSWORD).start(folder)) {
      assertThat(isLetIn(as(LOGIN, nginx.url()))).isTrue();
    }
  }

  @Test
  void anApiKeyIsLetIn() throws IOException {
    try (Nginx nginx = Nginx.before(node).apiKey(KEY, "powerless").start(folder)) {
      assertThat(isLetIn(as(API_KEY, nginx.url()))).isTrue();
    }
  }

  @Test
  void aWrongPasswordIsTold() throws IOException {
    try (Nginx nginx = Nginx.before(node).basicAuth("ragstream", "other").start(folder)) {
      assertThat(toldOf(as(LOGIN, nginx.url())))
          .isEqualTo(
              """
              STORE: Elasticsearch at %s refused the user ragstream: 401 Authorization Required
              -> check store.user and store.password ($ELASTICSEARCH_PASSWORD)
              """
                  .formatted(nginx.url()));
    }
  }

  @Test
  void anAnswerWithoutABodyIsTold() throws IOException {
    try (Nginx nginx = Nginx.before(node).basicAuth("ragstream", "other").start(folder)) {
      assertThat(toldOf(as(NOBODY, nginx.url()), c -> c.indices().exists(e -> e.index("weather"))))
          .isEqualTo(
              """
              STORE: Elasticsearch at %s refused a request without credentials
              -> set store.apiKey, or store.user and store.password
              """
                  .formatted(nginx.url()));
    }
  }

  @Test
  void aWrongKeyIsTold() throws IOException {
    try (Nginx nginx = Nginx.before(node).apiKey("other", "powerless").start(folder)) {
      assertThat(toldOf(as(API_KEY, nginx.url())))
          .isEqualTo(
              """
              STORE: Elasticsearch at %s refused the API key: unable to authenticate with \
              provided credentials (security_exception)
              -> check the API key of store.apiKey ($ELASTICSEARCH_API_KEY): it must be the \
              encoded form of a key of this cluster that is still valid
              """
                  .formatted(nginx.url()));
    }
  }

  @Test
  void aKeyThatMayDoTooLittleIsTold() throws IOException {
    try (Nginx nginx = Nginx.before(node).apiKey("other", KEY).start(folder)) {
      assertThat(toldOf(as(API_KEY, nginx.url())))
          .isEqualTo(
              """
              STORE: Elasticsearch at %s does not let the API key do that: action is unauthorized \
              for this API key (security_exception)
              -> give the API key of store.apiKey ($ELASTICSEARCH_API_KEY) the privilege that the \
              message names
              """
                  .formatted(nginx.url()));
    }
  }

  private static boolean isLetIn(Cluster cluster) {
    try (Connection connection = new Connection(cluster)) {
      return connection.call(c -> c.cluster().health()).numberOfNodes() == 1;
    }
  }
}
