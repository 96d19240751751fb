package dev.ragstream.elastic;

import static dev.ragstream.elastic.Clusters.at;
import static dev.ragstream.elastic.Clusters.toldOf;
import static dev.ragstream.elastic.ScriptedAnswer.ELASTIC;
import static dev.ragstream.elastic.ScriptedAnswer.HTML;
import static dev.ragstream.elastic.ScriptedAnswer.JSON;
import static dev.ragstream.elastic.ScriptedAnswer.answer;
import static dev.ragstream.elastic.ScriptedAnswer.error;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.ragstream.model.ScriptedServer;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers as other versions, other servers and proxies send them. */
class ForeignAnswersTest {

  @AutoClose private final ScriptedServer server = new ScriptedServer();
  private final URI url = server.url().resolve("/");
  private final String address = "http://127.0.0.1:" + url.getPort();

  @ParameterizedTest
  @MethodSource
  void eachAnswerHasItsWords(String answer, String words) {
    server.script(send(answer));

    assertThat(toldOf(at(url))).isEqualTo(words.replace("ADDRESS", address));
  }

  static Stream<Arguments> eachAnswerHasItsWords() {
    return Stream.of(
        argumentSet(
            "version 8",
            answer(
                400,
                ELASTIC + "Content-Type: application/vnd.elasticsearch+json;compatible-with=8\r\n",
                """
                {"error":{"root_cause":[{"type":"media_type_header_exception","reason":"Invalid \
                media-type value on headers [Accept, Content-Type]"}],"type":\
                "media_type_header_exception","reason":"Invalid media-type value on headers \
                [Accept, Content-Type]","caused_by":{"type":"status_exception","reason":"Accept \
                version must be either version 8 or 7, but found 9. \
                Accept=application/vnd.elasticsearch+json; compatible-with=9"}},"status":400}\
                """),
            """
            STORE: Elasticsearch at ADDRESS speaks an older protocol, that of version 8 or older: \
            Invalid media-type value on headers [Accept, Content-Type] \
            (media_type_header_exception): Accept version must be either version 8 or 7, but \
            found 9. Accept=application/vnd.elasticsearch+json; compatible-with=9
            -> ragstream needs Elasticsearch 9: upgrade the cluster, or set store.url to one of \
            that version
            """),
        argumentSet(
            "OpenSearch",
            answer(
                406,
                JSON,
                """
                {"error":"Content-Type header [application/vnd.elasticsearch+json; \
                compatible-with=9] is not supported","status":406}\
                """),
            """
            STORE: what answers at ADDRESS is no Elasticsearch; it answered 406: \
            {"error":"Content-Type header [application/vnd.elasticsearch+json; \
            compatible-with=9] is not supported","status":406}
            """
                + NO_ELASTICSEARCH),
        argumentSet(
            "a server that says yes to all",
            answer(200, JSON, "{\"took\": 1}"),
            """
            STORE: what answers at ADDRESS is no Elasticsearch; it answered 200: {"took": 1}
            """
                + NO_ELASTICSEARCH),
        argumentSet(
            "another server's page",
            answer(404, HTML, "<html>\n<title>404\nNot Found</title>\n<h1>Gone</h1>"),
            """
            STORE: what answers at ADDRESS is no Elasticsearch; it answered 404: 404 Not Found
            """
                + NO_ELASTICSEARCH),
        argumentSet(
            "a redirection is not followed",
            answer(302, HTML + "Location: http://127.0.0.1:1/login\r\n", "log in first"),
            """
            STORE: what answers at ADDRESS is no Elasticsearch; it answered 302: log in first
            """
                + NO_ELASTICSEARCH),
        argumentSet(
            "a proxy changes the body",
            answer(200, ELASTIC + JSON, "{\"took\":"),
            """
            STORE: Elasticsearch at ADDRESS gave an answer that cannot be read; it answered 200: \
            {"took":
            -> check that nothing between here and there changes the answers of the cluster
            """),
        argumentSet(
            "a proxy drops the body",
            "HTTP/1.1 204 No Content\r\n" + ELASTIC + "\r\n",
            """
            STORE: Elasticsearch at ADDRESS gave an answer that cannot be read; it answered 204
            -> check that nothing between here and there changes the answers of the cluster
            """),
        argumentSet(
            "a proxy without an answer",
            answer(502, HTML, "<html><head><title>502 Bad Gateway</title></head></html>"),
            """
            STORE: Elasticsearch at ADDRESS is behind a proxy that gets no answer from it: \
            502 Bad Gateway
            """
                + GATEWAY),
        argumentSet(
            "a proxy that is down",
            answer(503, HTML, "<h1>No server is available</h1>"),
            """
            STORE: Elasticsearch at ADDRESS is behind a proxy that gets no answer from it: \
            <h1>No server is available</h1>
            """
                + GATEWAY),
        argumentSet(
            "a proxy that waited long",
            answer(504, HTML, ""),
            """
            STORE: Elasticsearch at ADDRESS is behind a proxy that gets no answer from it
            """
                + GATEWAY),
        argumentSet(
            "no master",
            answer(503, ELASTIC + JSON, error("master_not_discovered_exception", "", 503)),
            """
            STORE: Elasticsearch at ADDRESS is not ready to work: master_not_discovered_exception
            """
                + NOT_READY),
        argumentSet(
            "a cluster that starts",
            answer(
                503,
                ELASTIC + JSON,
                error(
                    "cluster_block_exception",
                    "blocked by: [SERVICE_UNAVAILABLE/1/state not recovered / initialized];",
                    503)),
            """
            STORE: Elasticsearch at ADDRESS is not ready to work: blocked by: \
            [SERVICE_UNAVAILABLE/1/state not recovered / initialized]; (cluster_block_exception)
            """
                + NOT_READY),
        argumentSet(
            "a node that leaves",
            answer(503, ELASTIC + JSON, error("node_closed_exception", "node closed x", 503)),
            """
            STORE: Elasticsearch at ADDRESS is not ready to work: node closed x \
            (node_closed_exception)
            """
                + NOT_READY),
        argumentSet(
            "a bug of the server",
            answer(500, ELASTIC + JSON, error("null_pointer_exception", "x\nis\tnull", 500)),
            """
            STORE: Elasticsearch at ADDRESS failed while it worked on the request: x is null \
            (null_pointer_exception)
            -> look into the cluster's log
            """),
        argumentSet(
            "an alias that is not there",
            answer(
                404, ELASTIC + JSON, "{\"error\": \"alias [weather] missing\", \"status\": 404}"),
            """
            STORE_MISSING: Elasticsearch at ADDRESS has no such index or alias: alias [weather] \
            missing
            -> run 'ragstream index PATH' first, or correct store.index
            """),
        argumentSet(
            "something unknown",
            answer(418, ELASTIC + JSON, error("teapot_exception", "x".repeat(600), 418)),
            """
            STORE: Elasticsearch at ADDRESS refused the request: %s… (teapot_exception)
            -> check the settings in store and retrieval; 'ragstream doctor' compares them with \
            the index
            """
                .formatted("x".repeat(500))));
  }

  private static final String NO_ELASTICSEARCH =
      """
      -> set store.url to an Elasticsearch of version 9, not to OpenSearch or another server; \
      a proxy before it has to pass on the header X-Elastic-Product
      """;

  private static final String GATEWAY =
      """
      -> check that the cluster behind the proxy is running, and the proxy's log and time limits
      """;

  private static final String NOT_READY =
      """
      -> wait until its nodes have found each other and elected a master, then run the command \
      again; 'ragstream doctor' tells when
      """;

  @Test
  void version8RefusesRequestsWithoutABodyWithoutAWord() {
    server.script(send("HTTP/1.1 400 Bad Request\r\n" + ELASTIC + "Content-Length: 428\r\n\r\n"));

    assertThat(toldOf(at(url), c -> c.indices().exists(e -> e.index("weather"))))
        .isEqualTo(
            """
            STORE: Elasticsearch at %s refused the request and gave no reason, as version 8 and \
            older do
            -> ragstream needs Elasticsearch 9: upgrade the cluster, or set store.url to one of \
            that version
            """
                .formatted(address));
  }
}
