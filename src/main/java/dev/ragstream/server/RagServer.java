package dev.ragstream.server;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.util.JavalinBindException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.jspecify.annotations.Nullable;

/** The server: ports, gate and routes over one {@link Backend}. */
public final class RagServer implements AutoCloseable {

  private static final int BACKLOG = 1024;

  /**
   * What the kernel takes in for a slow reader comes on top of its queue; Linux would take 4 MB.
   */
  private static final int SEND_BUFFER = 256 << 10;

  /** Names of models have slashes, and their clients send them encoded. */
  private static final UriCompliance URIS =
      UriCompliance.DEFAULT.with("RAGSTREAM", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR);

  private static final Duration LONGEST_STOP = Duration.ofSeconds(2);

  private final Listening listening;
  private final Metrics metrics = new Metrics();
  private final Patience patience;
  private final Runs runs;
  private final Desk desk;
  private final Sockets sockets;
  private final Javalin javalin;

  /**
   * Makes a server; nothing listens yet.
   *
   * @param limits looked up for each request; where it listens counts at the start alone
   * @param options looked up for each request
   * @param notices is told what the server's user should know, in a sentence
   * @param accessLog is told a line for each request, and for each question over a WebSocket; null:
   *     nobody wants them
   */
  public RagServer(
      Supplier<Listening> limits,
      Patience patience,
      Supplier<ServerOptions> options,
      Backend backend,
      Consumer<String> notices,
      @Nullable Consumer<String> accessLog) {
    this(limits, patience, Clock.systemUTC(), options, backend, notices, accessLog);
  }

  /** The same by a clock of its own. */
  RagServer(
      Supplier<Listening> limits,
      Patience patience,
      InstantSource clock,
      Supplier<ServerOptions> options,
      Backend backend,
      Consumer<String> notices,
      @Nullable Consumer<String> accessLog) {
    this.listening = limits.get();
    this.patience = patience;
    this.sockets = new Sockets(patience.socketPing());
    FailureNotices failures = new FailureNotices(notices);
    this.runs =
        new Runs(
            () -> options.get().mostRuns(),
            EventLog.Limits.waiting(patience.slowReader()),
            clock,
            ending -> {
              metrics.answered(ending);
              failures.answered(ending);
            });
    this.desk =
        new Desk(backend, options, limits, patience, runs, new RateLimit(clock), notices, metrics);
    metrics.watch("ragstream.runs", "Questions that are being answered", runs::running);
    metrics.watch(
        "ragstream.open.streams", "Answers on their way to a client", desk.handOvers()::open);
    metrics.watch("ragstream.open.sockets", "WebSockets", () -> sockets.size());
    AccessLog log = new AccessLog(accessLog);
    SocketRoutes socketRoutes = new SocketRoutes(desk, sockets, log);
    Gate gate = new Gate(options, metrics, log);
    this.javalin =
        Javalin.create(config -> {
          plain(config);
          ports(config);
          config.jetty.modifyServer(server -> {
            server.insertHandler(new NoSocket());
            server.insertHandler(socketRoutes.handler(server));
            server.insertHandler(gate);
            server.setErrorHandler(new Misunderstood());
          });
          config.jetty.modifyServletContextHandler(
              context -> context.setErrorHandler(new Misunderstood()));
          config.routes.exception(
              HttpResponseException.class,
              (e, ctx) -> {
                if (e instanceof MethodNotAllowedResponse) {
                  ctx.header("Allow", String.join(", ", e.getDetails().values()));
                }
                Refusals.answer(ctx, Refusals.of(e), Refusals.shape(ctx.path()));
              });
          new AskRoutes(desk).addTo(config.routes);
          new RunRoutes(desk).addTo(config.routes);
          new ApiRoutes(desk).addTo(config.routes);
          new ClassicRoutes(desk).addTo(config.routes);
          new OpenAiRoutes(desk).addTo(config.routes);
          new UiMessageRoutes(desk).addTo(config.routes);
          new HealthRoutes(desk).addTo(config.routes);
          PageRoutes.addTo(config.routes);
        });
  }

  /**
   * Listens from now on.
   *
   * @throws FailureException of kind {@code SETTINGS} where a port is taken
   */
  public void start() {
    try {
      javalin.start();
    } catch (JavalinBindException e) {
      throw new FailureException(
          new Failure(
              Failure.Kind.SETTINGS,
              "port "
                  + listening.port()
                  + (listening.secondPort() == null ? "" : " or " + listening.secondPort())
                  + " of "
                  + listening.host()
                  + " cannot be listened on: it is taken, or not allowed",
              "choose another one with --port, or 0 for any free one"),
          e);
    }
  }

  /** The ports that are listened on, the second one last. */
  public List<Integer> ports() {
    List<Integer> ports = new ArrayList<>();
    for (Connector connector : javalin.jettyServer().server().getConnectors()) {
      ports.add(((ServerConnector) connector).getLocalPort());
    }
    return ports;
  }

  /** Every route over HTTP, such as {@code GET /api/runs/{id}}, in no order. */
  List<String> routes() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(handler ->
            handler.endpoint.method.name() + " " + Routes.template(handler.endpoint.path))
        .toList();
  }

  /** Tells every client of the end, and stops; takes no longer than two seconds. */
  @Override
  public void close() {
    long start = System.nanoTime();
    runs.close();
    try {
      desk.handOvers().await(LONGEST_STOP.minusNanos(System.nanoTime() - start));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sockets.close();
    javalin.stop();
  }

  /** Nothing of Javalin's own ideas of what a response should be. */
  private void plain(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.prefer405over404 = true;
  }

  private void ports(JavalinConfig config) {
    QueuedThreadPool threads = new QueuedThreadPool(16, 4);
    threads.setName("serve");
    threads.setVirtualThreadsExecutor(new VirtualThreadPool(Integer.MAX_VALUE));
    config.jetty.threadPool = threads;
    config.jetty.modifyServer(server -> server.setStopTimeout(0));
    config.jetty.modifyHttpConfiguration(http -> {
      http.setUriCompliance(URIS);
      // Whatever is written here is whole; to gather it would take a buffer for each open stream.
      http.setOutputAggregationSize(0);
    });
    config.jetty.addConnector((server, http) -> connector(server, http, listening.port()));
    Integer second = listening.secondPort();
    if (second != null) {
      config.jetty.addConnector((server, http) -> connector(server, http, second));
    }
  }

  private ServerConnector connector(Server server, HttpConfiguration http, int port) {
    ServerConnector connector = new ServerConnector(server, 1, -1, new HttpConnectionFactory(http));
    connector.setHost(listening.host());
    connector.setPort(port);
    connector.setIdleTimeout(patience.idle().toMillis());
    connector.setAcceptQueueSize(BACKLOG);
    connector.setAcceptedSendBufferSize(SEND_BUFFER);
    return connector;
  }
}
