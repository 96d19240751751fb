package dev.ragstream.elastic;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What an {@link Nginx} does with requests: it hands them on to one server and their answers back,
 * all headers included, except for what is said here. Each method changes the site and returns it;
 * a path is a regular expression.
 */
public final class NginxSite {

  private final URI upstream;
  private final List<String> http = new ArrayList<>();
  private final List<String> server = new ArrayList<>();
  private String users = "";
  private boolean tls;
  private String upstreamVersion = "1.1";

  NginxSite(URI upstream) {
    this.upstream = upstream;
  }

  /** Wants this user and password; 401 otherwise. */
  public NginxSite basicAuth(String user, String password) {
    users = user + ":{PLAIN}" + password + "\n";
    return with("auth_basic security").with("auth_basic_user_file users");
  }

  /**
   * Wants {@code Authorization: ApiKey KEY}, and refuses as Elasticsearch does.
   *
   * @param allowed the key that may do everything
   * @param powerless a key that is known and may do nothing: 403; all others get 401
   */
  public NginxSite apiKey(String allowed, String powerless) {
    http.add(
        """
        map $http_authorization $refusal {
            default 401;
            "ApiKey %s" "";
            "ApiKey %s" 403;
          }
          map $refusal $challenge { 401 ApiKey; }
        """
            .formatted(allowed, powerless));
    server.add(refusal(401, "unable to authenticate with provided credentials"));
    server.add(refusal(403, "action is unauthorized for this API key"));
    return with("add_header WWW-Authenticate $challenge always");
  }

  /** Speaks HTTPS alone, with the certificate of this authority. */
  public NginxSite tls(TestAuthority authority) {
    tls = true;
    return with("ssl_certificate " + authority.chainFile())
        .with("ssl_certificate_key " + authority.keyFile());
  }

  /** Speaks HTTP/1.0 to the server, as nginx does unless it is told otherwise. */
  public NginxSite oldHttp() {
    upstreamVersion = "1.0";
    return this;
  }

  /** Closes connections that were idle for so long, in whole seconds. */
  public NginxSite keepAlive(Duration idle) {
    return with("keepalive_timeout " + idle.toSeconds() + "s");
  }

  /** Answers by itself. */
  public NginxSite answer(String path, int status, String json) {
    return location(path, "default_type application/json; return %d '%s';".formatted(status, json));
  }

  /** Takes the request and never answers. */
  public NginxSite silent(String path) {
    return location(path, "proxy_pass http://silence; proxy_read_timeout 1h;");
  }

  /** Sends the answer at so many bytes a second. */
  public NginxSite slow(String path, int bytesPerSecond) {
    return location(path, "proxy_pass http://upstream; limit_rate %d;".formatted(bytesPerSecond));
  }

  /** Adds a directive of nginx to the server, such as {@code client_max_body_size 1m}. */
  public NginxSite with(String directive) {
    server.add(directive + ";");
    return this;
  }

  /** Starts nginx on a free port of 127.0.0.1; its files go to a folder of its own in this one. */
  public Nginx start(Path folder) {
    return Nginx.start(this, folder);
  }

  String scheme() {
    return tls ? "https" : "http";
  }

  /** The file of users and passwords. */
  String users() {
    return users;
  }

  /**
   * The configuration.
   *
   * @param silence a port of 127.0.0.1 where nothing ever answers
   */
  String configuration(int port, int silence) {
    return """
    error_log error.log;
    master_process off;
    pid nginx.pid;
    events {}
    http {
      access_log access.log;
      client_body_temp_path temporary;
      proxy_temp_path temporary;
      fastcgi_temp_path temporary;
      uwsgi_temp_path temporary;
      scgi_temp_path temporary;
      upstream upstream { server %s; }
      upstream silence { server 127.0.0.1:%d; }
      %s
      server {
        listen 127.0.0.1:%d%s;
        proxy_http_version %s;
        proxy_set_header Host $http_host;
        %s
        location / { proxy_pass http://upstream; }
      }
    }
    """
        .formatted(
            upstream.getAuthority(),
            silence,
            String.join("\n  ", http),
            port,
            tls ? " ssl" : "",
            upstreamVersion,
            String.join("\n    ", server));
  }

  private NginxSite location(String path, String directives) {
    server.add("location ~ \"%s\" { %s }".formatted(path, directives));
    return this;
  }

  private static String refusal(int status, String reason) {
    return """
    if ($refusal = %1$d) {
          return %1$d '{"error":{"type":"security_exception","reason":"%2$s"},"status":%1$d}';
        }\
    """
        .formatted(status, reason);
  }
}
