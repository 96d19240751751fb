package dev.ragstream.app;

import dev.ragstream.config.Origin;
import dev.ragstream.config.ServeSettings;
import dev.ragstream.config.Settings;
import dev.ragstream.config.TemplateSource;
import dev.ragstream.core.ChatLog;
import dev.ragstream.core.ChatModel;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.TokenCounter;
import dev.ragstream.server.Backend;
import dev.ragstream.server.Listening;
import dev.ragstream.server.ServerOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a server serves from: the settings as they are now, and what they describe. */
public final class Serving implements Backend, AutoCloseable {

  private static final Duration LONGEST_END = Duration.ofSeconds(2);

  private final Supplier<Assembly> maker;
  private volatile Now now;

  /** The latest settings that could be read, whether or not they are served from. */
  private volatile @Nullable Settings wanted;

  /** Where the server listens since it was started, whatever the settings say by now. */
  private final ServeSettings bound;

  /**
   * Reads the settings for the first time.
   *
   * @param maker reads the settings anew
   * @throws FailureException of kind {@code SETTINGS} also where anybody on the network could come
   *     in
   */
  public Serving(Supplier<Assembly> maker) {
    this.maker = maker;
    this.now = read(null, null);
    this.bound = now.settings.serve();
  }

  private record Now(
      Settings settings, AssemblyBackend backend, ServerOptions options, Listening listening) {}

  public Settings settings() {
    return now.settings;
  }

  public ServerOptions options() {
    return now.options;
  }

  /** Where to listen, and what to take in. */
  public Listening listening() {
    return now.listening;
  }

  /**
   * Reads the settings again; requests that are under way go on with the old ones. A file that is
   * gone or says nothing any more takes no setting away: a token would go with it.
   *
   * @return those that have changed and count from the next start only
   * @throws FailureException where they are at fault; the old ones stay
   */
  public List<String> reload() {
    return reload(() -> true).orElseThrow();
  }

  /**
   * The same, unless the files have changed while they were read.
   *
   * @param unchanged asked when they have been read
   * @return empty where the old ones stay because of that
   */
  Optional<List<String>> reload(BooleanSupplier unchanged) {
    Now before = now;
    Now next = read(before.settings, bound);
    if (!unchanged.getAsBoolean()) {
      next.backend.retire();
      return Optional.empty();
    }
    now = next;
    before.backend.retire();
    return Optional.of(waiting(next.settings.serve()));
  }

  private List<String> waiting(ServeSettings wanted) {
    Map<String, Boolean> changed = new LinkedHashMap<>();
    changed.put("serve.host", !wanted.host().equals(bound.host()));
    changed.put("serve.port", wanted.port() != bound.port());
    changed.put("serve.wsPort", !Objects.equals(wanted.wsPort(), bound.wsPort()));
    return changed.keySet().stream().filter(changed::get).toList();
  }

  /** Whoever can be reached from other machines has a token. */
  private static void requireToken(ServeSettings serve, String host) {
    if (serve.token() == null && !isLoopback(host)) {
      throw new FailureException(
          Failure.Kind.SETTINGS,
          "serve.host " + host + " can be reached from other machines, and there is no token",
          "set serve.token, best to ${SERVE_TOKEN}, or listen on 127.0.0.1");
    }
    if (serve.token() != null && serve.token().reveal().isBlank()) {
      throw new FailureException(
          Failure.Kind.SETTINGS, "serve.token is blank", "give it a value, or remove it");
    }
  }

  /** The files that a change of can be told from, those of refused settings included. */
  List<Path> files() {
    Set<Path> files = new LinkedHashSet<>(files(now.settings));
    Settings refused = wanted;
    if (refused != null) {
      files.addAll(files(refused));
    }
    return List.copyOf(files);
  }

  private static List<Path> files(Settings settings) {
    List<Path> files = new ArrayList<>(settingsFiles(settings));
    List<TemplateSource> templates = new ArrayList<>(settings.serve().templates());
    templates.add(settings.prompt().template());
    for (TemplateSource template : templates) {
      if (template instanceof TemplateSource.InFile(Path file)) {
        files.add(file);
      }
    }
    return files;
  }

  private static List<Path> settingsFiles(Settings settings) {
    List<Path> files = new ArrayList<>(settings.files().stream().map(Path::of).toList());
    files.add(settings.projectFolder().resolve("ragstream.yaml"));
    return files;
  }

  @Override
  public Measured measured(Choice choice, UnaryOperator<ChatModel> between) {
    return now.backend.measured(choice, between);
  }

  @Override
  public List<String> models() {
    return now.backend.models();
  }

  @Override
  public TokenCounter tokens() {
    return now.backend.tokens();
  }

  @Override
  public ChatLog chats() {
    return now.backend.chats();
  }

  @Override
  public List<Part> parts() {
    return now.backend.parts();
  }

  /** Waits a moment for the requests that are under way. */
  @Override
  public void close() {
    now.backend.retire();
    try {
      now.backend.awaitEnd(LONGEST_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void requireWhole(Settings served, Settings next) {
    Set<String> left = speaking(next);
    speaking(served).stream()
        .filter(file -> !left.contains(file))
        .findFirst()
        .ifPresent(file -> {
          boolean there = next.files().contains(file);
          throw new FailureException(
              Failure.Kind.SETTINGS,
              file + (there ? " holds no settings any more" : " is no longer there"),
              "put its settings back, or restart to serve without them");
        });
  }

  /** The files that a setting in force is from; one of comments alone is none of them. */
  private static Set<String> speaking(Settings settings) {
    return settings.given().values().stream()
        .flatMap(given ->
            given.origin() instanceof Origin.FileLine at ? Stream.of(at.file()) : Stream.empty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * @param served what is served from already; null: nothing yet
   * @param listening where the server listens already; null: nowhere yet
   */
  private Now read(@Nullable Settings served, @Nullable ServeSettings listening) {
    Assembly assembly = maker.get();
    wanted = assembly.settings();
    try {
      if (served != null) {
        requireWhole(served, assembly.settings());
      }
      ServeSettings serve = assembly.settings().serve();
      ServeSettings place = listening == null ? serve : listening;
      requireToken(serve, place.host());
      return new Now(
          assembly.settings(),
          new AssemblyBackend(assembly),
          options(assembly.settings()),
          new Listening(
              place.host(),
              place.port(),
              place.wsPort(),
              serve.limits().body().bytes(),
              serve.limits().frame().bytes()));
    } catch (RuntimeException e) {
      assembly.close();
      throw e;
    }
  }

  private static ServerOptions options(Settings settings) {
    ServeSettings serve = settings.serve();
    Set<String> hosts = new TreeSet<>();
    serve.hosts().forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
    hosts.add(serve.host().toLowerCase(Locale.ROOT));
    return new ServerOptions(
        serve.wire() == ServeSettings.Wire.CLASSIC,
        serve.token(),
        hosts,
        serve.cors().stream().map(Serving::origin).toList(),
        serve.limits().runs(),
        serve.limits().perMinute(),
        serve.organisations(),
        serve.organisationField(),
        serve.rehearse(),
        settings.llm().idleTimeout());
  }

  private static String origin(URI page) {
    String port = page.getPort() < 0 ? "" : ":" + page.getPort();
    return (page.getScheme() + "://" + page.getHost() + port).toLowerCase(Locale.ROOT);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new FailureException(
          new Failure(
              Failure.Kind.SETTINGS,
              "serve.host " + host + " is no address of this machine",
              "use 127.0.0.1, or 0.0.0.0 for all addresses"),
          e);
    }
  }
}
