package dev.ragstream.elastic;

import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.http.HeaderMap;
import co.elastic.clients.transport.instrumentation.NoopInstrumentation;
import co.elastic.clients.transport.rest5_client.Rest5ClientOptions;
import co.elastic.clients.transport.rest5_client.Rest5ClientTransport;
import co.elastic.clients.transport.rest5_client.SafeResponseConsumer;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import co.elastic.clients.transport.rest5_client.low_level.Rest5ClientBuilder;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** Builds what carries requests to a cluster. */
final class ElasticTransport {

  /** To one node; searches run in parallel with each other and with loading. */
  private static final int CONNECTIONS = 32;

  /** Firewalls forget connections that are silent for longer. */
  private static final Timeout IDLE = Timeout.ofMinutes(1);

  private ElasticTransport() {}

  static Rest5ClientTransport open(Cluster cluster) {
    Rest5Client client = client(cluster);
    // Named, because by default it is looked for and told of each request.
    return new Rest5ClientTransport(
        client,
        new Jackson3JsonpMapper(JsonMapper.builder().build()),
        options(),
        NoopInstrumentation.INSTANCE);
  }

  private static Rest5Client client(Cluster cluster) {
    NodeUrls urls = new NodeUrls(cluster.urls());
    HttpHost[] nodes = urls.hosts().toArray(HttpHost[]::new);
    SSLContext trusted = ServerTrust.context(cluster.trust());
    Timeout answer = Timeout.of(cluster.answerTimeout());
    Rest5ClientBuilder builder =
        Rest5Client.builder(nodes)
            .setDefaultHeaders(authorization(cluster.credentials()))
            .setSSLContext(trusted)
            .setConnectionConfigCallback(connection ->
                connection
                    .setConnectTimeout(Timeout.of(cluster.connectTimeout()))
                    .setSocketTimeout(answer)
                    .setIdleTimeout(IDLE)
                    .setValidateAfterInactivity(TimeValue.ofSeconds(1)))
            .setRequestConfigCallback(
                request -> request.setConnectionRequestTimeout(answer).setResponseTimeout(answer))
            .setConnectionManagerCallback(pool ->
                pool.setMaxConnPerRoute(CONNECTIONS)
                    .setMaxConnTotal(CONNECTIONS * nodes.length)
                    .setDefaultTlsConfig(
                        TlsConfig.custom()
                            .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                            .setHandshakeTimeout(answer)
                            .build())
                    .setTlsStrategy(
                        new DefaultClientTlsStrategy(
                            trusted,
                            HostnameVerificationPolicy.CLIENT,
                            ElasticTransport::isForHost)))
            .setHttpClientConfigCallback(http ->
                http.setRetryStrategy(new LostConnectionRetry())
                    .setThreadFactory(
                        Thread.ofPlatform().daemon().name("elasticsearch-", 1).factory())
                    .disableRedirectHandling()
                    .disableCookieManagement()
                    .disableContentCompression());
    String path = urls.path();
    return path.isEmpty() ? builder.build() : builder.setPathPrefix(path).build();
  }

  /** A verifier of the client's own would leave out the names that the certificate is for. */
  private static boolean isForHost(String host, SSLSession session) {
    return new DefaultHostnameVerifier().verify(host, session);
  }

  /** Sent with the first request already: a refusal first would cost a round trip each time. */
  private static Header[] authorization(Cluster.Credentials credentials) {
    String header = new Authorization(credentials).header();
    return header == null
        ? new Header[0]
        : new Header[] {new BasicHeader(HttpHeaders.AUTHORIZATION, header)};
  }

  private static Rest5ClientOptions options() {
    Rest5ClientOptions.Builder options =
        new Rest5ClientOptions.Builder(SafeResponseConsumer.DEFAULT_REQUEST_OPTIONS.toBuilder());
    options.setHeader(HeaderMap.USER_AGENT, userAgent());
    return options.build();
  }

  private static String userAgent() {
    String version = ElasticTransport.class.getPackage().getImplementationVersion();
    return version == null ? "ragstream" : "ragstream/" + version;
  }
}
