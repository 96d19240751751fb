package dev.ragstream.clients;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that speaks OpenAI's chat completions, with models that differ in how they behave. Any
 * number of questions at a time.
 */
final class ModelServer implements AutoCloseable {

  /** The key that it wants, gives back in what it says, and that nobody else may ever see. */
  static final String KEY = "sk-canary-93c1-never-shown";

  /** Thinks, answers in several pieces with a citation, and says what it used. */
  static final String THINKER = "openai:thinker";

  /** Says a number every 20 milliseconds, until its client has left. */
  static final String COUNTER = "openai:counter";

  /** Says a few words, and then that it failed. */
  static final String BROKEN = "openai:broken";

  /** Has nothing to say. */
  static final String SILENT = "openai:silent";

  /** Breaks off after a few words. */
  static final String GONE = "openai:gone";

  /** Refuses with the status that its name ends with. */
  static final String REFUSING = "openai:refusing-";

  /** Answers with a page of HTML. */
  static final String PAGE = "openai:page";

  /** Thinks and says what would be something else than text on a page that takes it for markup. */
  static final String MARKUP = "openai:markup";

  static final String MARKUP_TEXT =
      "<img src=x onerror=window.touched=1><script>window.touched=1</script><b>&lt;i&gt;</b>";

  private static final Pattern MODEL = Pattern.compile("\"model\"\\s*:\\s*\"([^\"]+)\"");
  private static final long PATIENCE_SECONDS = 60;
  private static final String END = "data: [DONE]\n\n";

  private final HttpServer server;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final List<String> left = new ArrayList<>();

  ModelServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/chat/completions", this::answer);
    server.start();
  }

  /** For {@code OPENAI_BASE_URL}. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** The bodies of all requests so far. */
  List<String> requests() {
    return requests;
  }

  /** The headers {@code Authorization} of all requests so far. */
  List<String> authorizations() {
    return authorizations;
  }

  /** Waits until the client that asked this, or something that holds it, has left. */
  synchronized void awaitLeft(String question) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (left.stream().noneMatch(request -> request.contains(question))) {
      long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (millis <= 0) {
        throw new AssertionError("nobody left who asked '" + question + "' but " + left);
      }
      wait(millis);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void leaves(String request) {
    left.add(request);
    notifyAll();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(request);
    authorizations.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
    Matcher model = MODEL.matcher(request);
    String name = "openai:" + (model.find() ? model.group(1) : "");
    if (name.startsWith(REFUSING)) {
      refuse(exchange, Integer.parseInt(name.substring(REFUSING.length())));
      return;
    }
    boolean page = name.equals(PAGE);
    exchange.getResponseHeaders().set("Content-Type", page ? "text/html" : "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (exchange) {
      OutputStream out = exchange.getResponseBody();
      switch (name) {
        case THINKER -> think(out);
        case COUNTER -> count(out, request);
        case BROKEN -> {
          text("Half of ", out);
          say("{\"error\":{\"message\":\"overloaded, says " + KEY + "\",\"type\":\"busy\"}}", out);
        }
        case MARKUP -> {
          say("{\"choices\":[{\"delta\":{\"reasoning_content\":\"" + MARKUP_TEXT + "\"}}]}", out);
          text(MARKUP_TEXT, out);
          say("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}", out);
        }
        case SILENT -> say("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}", out);
        case GONE -> text("Half of ", out);
        case PAGE -> out.write(("<html>" + KEY + "</html>").getBytes(StandardCharsets.UTF_8));
        default -> throw new IllegalStateException("there is no " + name);
      }
    }
  }

  private static void refuse(HttpExchange exchange, int status) throws IOException {
    byte[] body =
        ("{\"error\":{\"message\":\"Incorrect API key provided: " + KEY + "\",\"code\":null}}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("X-Key", KEY);
    exchange.sendResponseHeaders(status, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  private static void think(OutputStream out) throws IOException {
    for (String piece : List.of("Rain ", "is ", "likely.")) {
      say("{\"choices\":[{\"delta\":{\"reasoning_content\":\"" + piece + "\"}}]}", out);
    }
    for (String piece : List.of("Yes, ", "take ", "雨伞 ", "🌂 ", "[1].")) {
      text(piece, out);
    }
    say("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}", out);
    say("{\"choices\":[],\"usage\":{\"prompt_tokens\":70,\"completion_tokens\":8}}", out);
    out.write(END.getBytes(StandardCharsets.UTF_8));
  }

  private void count(OutputStream out, String request) {
    try {
      for (int i = 1; ; i++) {
        text(i + " ", out);
        Thread.sleep(20);
      }
    } catch (IOException e) {
      leaves(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void text(String piece, OutputStream out) throws IOException {
    say("{\"choices\":[{\"delta\":{\"content\":\"" + piece + "\"}}]}", out);
  }

  private static void say(String chunk, OutputStream out) throws IOException {
    out.write(("data: " + chunk + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
