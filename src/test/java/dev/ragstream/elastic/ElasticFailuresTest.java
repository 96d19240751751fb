package dev.ragstream.elastic;

import static dev.ragstream.elastic.Clusters.API_KEY;
import static dev.ragstream.elastic.Clusters.LOGIN;
import static dev.ragstream.elastic.Clusters.NOBODY;
import static dev.ragstream.elastic.Clusters.as;
import static dev.ragstream.elastic.Clusters.at;
import static dev.ragstream.elastic.Clusters.told;
import static dev.ragstream.elastic.Clusters.toldOf;
import static dev.ragstream.elastic.ScriptedAnswer.ELASTIC;
import static dev.ragstream.elastic.ScriptedAnswer.JSON;
import static dev.ragstream.elastic.ScriptedAnswer.answer;
import static dev.ragstream.elastic.ScriptedAnswer.error;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import co.elastic.clients.elasticsearch._types.ErrorCause;
import dev.ragstream.core.FailureException;
import dev.ragstream.elastic.Cluster.Credentials;
import dev.ragstream.model.ScriptedServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told of credentials, documents and callbacks, and what is kept out of all words. */
class ElasticFailuresTest {

  @AutoClose private final ScriptedServer server = new ScriptedServer();
  private final URI url = server.url().resolve("/");
  private final String address = "http://127.0.0.1:" + url.getPort();

  @ParameterizedTest
  @MethodSource
  void theSettingToCorrectDependsOnWhoAsked(Credentials credentials, int status, String words) {
    String missing = "action [indices:data/read/search] is unauthorized for user [x], this action";
    server.script(
        send(
            answer(
                status,
                ELASTIC + JSON,
                error("security_exception", missing + " is granted by [read,all]", status))));

    assertThat(toldOf(as(credentials, url)))
        .isEqualTo(
            words.formatted(address, missing + " is granted by [read,all] (security_exception)"));
  }

  static Stream<Arguments> theSettingToCorrectDependsOnWhoAsked() {
    return Stream.of(
        argumentSet(
            "nobody, 401",
            NOBODY,
            401,
            """
            STORE: Elasticsearch at %s refused a request without credentials: %s
            -> set store.apiKey, or store.user and store.password
            """),
        argumentSet(
            "an API key, 401",
            API_KEY,
            401,
            """
            STORE: Elasticsearch at %s refused the API key: %s
            -> check the API key of store.apiKey ($ELASTICSEARCH_API_KEY): it must be the encoded \
            form of a key of this cluster that is still valid
            """),
        argumentSet(
            "a user, 401",
            LOGIN,
            401,
            """
            STORE: Elasticsearch at %s refused the user ragstream: %s
            -> check store.user and store.password ($ELASTICSEARCH_PASSWORD)
            """),
        argumentSet(
            "nobody, 403",
            NOBODY,
            403,
            """
            STORE: Elasticsearch at %s does not let a request without credentials do that: %s
            -> set store.apiKey, or store.user and store.password
            """),
        argumentSet(
            "an API key, 403",
            API_KEY,
            403,
            """
            STORE: Elasticsearch at %s does not let the API key do that: %s
            -> give the API key of store.apiKey ($ELASTICSEARCH_API_KEY) the privilege that the \
            message names
            """),
        argumentSet(
            "a user, 403",
            LOGIN,
            403,
            """
            STORE: Elasticsearch at %s does not let the user ragstream do that: %s
            -> give the user ragstream the privilege that the message names
            """));
  }

  @ParameterizedTest
  @MethodSource
  void secretsThatAServerEchoesAreReplaced(Credentials credentials, String echo, String shown) {
    server.script(send(answer(500, ELASTIC + JSON, error("echo_exception", echo, 500))));

    assertThat(toldOf(as(credentials, url)))
        .contains("failed while it worked on the request: " + shown + " (echo_exception)\n");
  }

  static Stream<Arguments> secretsThatAServerEchoesAreReplaced() {
    byte[] login = ("ragstream:" + Clusters.PASSWORD).getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        argumentSet(
            "an API key",
            API_KEY,
            "Authorization: ApiKey " + Clusters.KEY,
            "Authorization: ApiKey $ELASTICSEARCH_API_KEY"),
        argumentSet(
            "a password",
            LOGIN,
            "ragstream:" + Clusters.PASSWORD,
            "ragstream:$ELASTICSEARCH_PASSWORD"),
        argumentSet(
            "both in one",
            LOGIN,
            "Basic " + Base64.getEncoder().encodeToString(login),
            "Basic $ELASTICSEARCH_PASSWORD"));
  }

  @Test
  void aSecretThatIsCutInTwoIsReplacedFirst() {
    String echo = "x".repeat(490) + Clusters.KEY;
    server.script(send(answer(500, ELASTIC + JSON, error("echo_exception", echo, 500))));

    assertThat(toldOf(as(API_KEY, url))).contains("xxx$ELASTICSE…").doesNotContain("canary");
  }

  @Test
  void aCallbacksFaultHasTheSameWords() {
    FailureException known = new ElasticFailures(at(url)).of(new InterruptedException());
    Throwable wrapped = new CompletionException(new RuntimeException(known));

    try (Connection connection = new Connection(at(url))) {
      assertThat(connection.failure(wrapped)).isSameAs(known);
    }
  }

  @Test
  void aDocumentThatIsRefusedIsNamed() {
    ErrorCause error =
        ErrorCause.of(e -> e.type("illegal_argument_exception").reason("an immense term"));

    assertThat(told(new ElasticFailures(at(url)).rejected("sky/today.md", error)))
        .isEqualTo(
            """
            DOCUMENT: sky/today.md was refused by the cluster: an immense term \
            (illegal_argument_exception)
            -> change what it objects to in the document, and run the command again
            """);
  }
}
