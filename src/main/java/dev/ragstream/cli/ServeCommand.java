package dev.ragstream.cli;

import dev.ragstream.app.Serving;
import dev.ragstream.app.SettingsWatch;
import dev.ragstream.config.FlagValue;
import dev.ragstream.config.ServeSettings;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.render.FailureText;
import dev.ragstream.render.TerminalText;
import dev.ragstream.server.Patience;
import dev.ragstream.server.RagServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "serve",
    header = "Serve the same pipeline to front ends, over HTTP and WebSocket.",
    description = {
      "Runs until Ctrl-C. -v tells of every request.",
    },
    footer = {
      "",
      "Examples:",
      "  ragstream serve",
      "  ragstream serve -m openai:gpt-4o-mini --port 8080",
      "  ragstream serve -m replay:umbrella.jsonl --match question --speed 1",
      "  curl -N -d '{\"question\":\"Should I carry an umbrella?\"}' http://localhost:5759/stream"
    })
final class ServeCommand implements Callable<Integer> {

  private final RootCommand root;

  @Option(names = "--host", paramLabel = "ADDRESS", description = "Where to listen (serve.host).")
  private @Nullable String host;

  @Option(names = "--port", paramLabel = "PORT", description = "0: any free one (serve.port).")
  private @Nullable String port;

  @Option(
      names = "--ws-port",
      paramLabel = "PORT",
      description = "A second port for the same routes (serve.wsPort).")
  private @Nullable String wsPort;

  @Option(
      names = "--wire",
      paramLabel = "WIRE",
      description = "native or classic: what /stream and /ws_chat answer with (serve.wire).")
  private @Nullable String wire;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "What clients have to show, best as $${NAME} (serve.token).")
  private @Nullable String token;

  @Option(
      names = "--cors",
      paramLabel = "ORIGINS",
      description = "Origins of pages on other servers that may ask (serve.cors).")
  private @Nullable String cors;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      completionCandidates = Completions.Models.class,
      description = "Which model answers (llm.model).")
  private @Nullable String model;

  @Option(
      names = "--rehearse",
      paramLabel = "TROUBLE",
      description = "Misbehave on purpose: rate=20/s, first=3s, stall=N, … (serve.rehearse).")
  private @Nullable String rehearse;

  @Mixin private CassetteOptions cassette = new CassetteOptions();

  ServeCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    List<FlagValue> flags = flags();
    try (Serving serving = new Serving(() -> root.assembly(flags));
        RagServer server =
            new RagServer(
                serving::listening,
                Patience.STANDARD,
                serving::options,
                serving,
                root::notice,
                root.verbose() ? this::access : null)) {
      server.start();
      // Watched before anybody can know that it serves, or an early change would go unseen.
      try (SettingsWatch _ =
          new SettingsWatch(
              serving, root.invocation().workingFolder(), Duration.ofSeconds(1), root::notice)) {
        banner(serving, server.ports());
        serve(serving);
      }
    }
    return ExitCode.SUCCESS;
  }

  private void serve(Serving serving) {
    if (root.quiet()) {
      awaitInterrupt();
      return;
    }
    try (StartCheck _ = new StartCheck(serving::parts, this::warning)) {
      awaitInterrupt();
    }
  }

  private void warning(String problem, String remedy) {
    root.notice(FailureText.warning(problem, remedy, root.errorStyle()).stripTrailing());
  }

  private List<FlagValue> flags() {
    if (token != null && token.isBlank()) {
      throw new FailureException(
          Failure.Kind.USAGE,
          "--token is empty",
          "give it a value, or leave it out; an unset variable of the shell is empty as well");
    }
    List<FlagValue> flags = new ArrayList<>();
    RetrievalOptions.add(flags, "--host", "serve.host", host);
    RetrievalOptions.add(flags, "--port", "serve.port", port);
    RetrievalOptions.add(flags, "--ws-port", "serve.wsPort", wsPort);
    RetrievalOptions.add(flags, "--wire", "serve.wire", wire);
    RetrievalOptions.add(flags, "--token", "serve.token", token);
    RetrievalOptions.add(flags, "--cors", "serve.cors", cors);
    RetrievalOptions.add(flags, "-m", "llm.model", model);
    RetrievalOptions.add(flags, "--rehearse", "serve.rehearse", rehearse);
    flags.addAll(cassette.flags());
    return flags;
  }

  private void banner(Serving serving, List<Integer> ports) {
    String address = serving.settings().serve().host();
    String shown = address.contains(":") ? "[" + address + "]" : address;
    List<String> places =
        ports.stream().map(each -> "serving on http://" + shown + ":" + each).toList();
    if (root.quiet() && anyFree(serving.settings().serve())) {
      // Nobody could know them otherwise.
      places.forEach(root.invocation().console().err()::println);
      root.invocation().console().err().flush();
    }
    places.forEach(root::notice);
    root.notice(
        "  model   " + TerminalText.oneLine(String.valueOf(serving.settings().llm().model())));
    root.notice("  store   " + TerminalText.oneLine(store(serving)));
    root.notice("  routes  / · /stream · /ws_chat · /v1/chat/completions · /api/chat · /healthz");
    special(serving.settings().serve());
    root.notice("  stop    Ctrl-C");
  }

  /** Whether a port is one that nobody chose. */
  private static boolean anyFree(ServeSettings serve) {
    Integer second = serve.wsPort();
    return serve.port() == 0 || (second != null && second == 0);
  }

  /** What makes this server another one than its user may expect. */
  private void special(ServeSettings serve) {
    if (serve.wire() == ServeSettings.Wire.CLASSIC) {
      root.notice("  wire    classic: /stream and /ws_chat answer as the older services did");
    }
    if (serve.token() != null) {
      root.notice("  token   wanted: Authorization: Bearer TOKEN");
    }
    if (!serve.cors().isEmpty()) {
      root.notice(
          "  cors    "
              + TerminalText.oneLine(
                  serve.cors().stream().map(URI::toString).collect(Collectors.joining(" · "))));
    }
    String rehearse = serve.rehearse();
    if (rehearse != null && !rehearse.isBlank()) {
      root.notice("  trouble " + TerminalText.oneLine(rehearse) + ", on purpose (serve.rehearse)");
    }
  }

  private static String store(Serving serving) {
    var store = serving.settings().store();
    return switch (store.type()) {
      case LUCENE -> store.path().toString();
      case ELASTICSEARCH -> store.index() + " at " + store.url();
    };
  }

  private void access(String line) {
    root.notice(TerminalText.oneLine(line));
    root.invocation().console().err().flush();
  }

  /** An interrupt is how a server ends. */
  private static void awaitInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      // the end
    }
  }
}
