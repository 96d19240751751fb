package dev.ragstream.faults;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model's server of OpenAI's kind that answers any number of questions at once, each as the test
 * says, and notes when the asker leaves. Questions are told apart by a word in them: {@code
 * ask-17}.
 */
final class Upstream implements AutoCloseable {

  private static final Pattern NAME = Pattern.compile("ask-\\w+");
  private static final JsonMapper MAPPER = new JsonMapper();

  private final ServerSocket socket;
  private final Answer answer;
  private final Map<String, CompletableFuture<Void>> asked = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Long>> left = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();

  /** What the server does with a question. When it returns, the connection ends. */
  @FunctionalInterface
  interface Answer {
    void give(Call call) throws IOException, InterruptedException;

    /** Says one piece, and nothing more until the other side leaves. */
    static Answer silentAfter(String piece) {
      return call -> {
        call.begin();
        call.text(piece);
        call.fallSilent();
      };
    }
  }

  /** A question that is being answered. */
  record Call(String name, OutputStream out, CountDownLatch gone) {

    /** Sends the headers of a stream; nothing else is sent by itself. */
    void begin() throws IOException {
      write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
    }

    void text(String piece) throws IOException {
      write(event("{\"choices\":[{\"delta\":{\"content\":" + quoted(piece) + "}}]}"));
    }

    void done() throws IOException {
      write(event("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}") + event("[DONE]"));
    }

    void write(String bytes) throws IOException {
      out.write(bytes.getBytes(StandardCharsets.UTF_8));
    }

    /** Says nothing more, until the other side leaves. */
    void fallSilent() throws InterruptedException {
      gone.await();
    }

    static String event(String data) {
      return "data: " + data + "\n\n";
    }

    private static String quoted(String piece) {
      return MAPPER.writeValueAsString(piece);
    }
  }

  Upstream(Answer answer) {
    this.answer = answer;
    try {
      socket = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1");
  }

  /** Done when the question has come in. */
  CompletableFuture<Void> asked(String name) {
    return asked.computeIfAbsent(name, _ -> new CompletableFuture<>());
  }

  /** Done when the connection is over, which the asker alone ends; says when by the nano time. */
  CompletableFuture<Long> left(String name) {
    return left.computeIfAbsent(name, _ -> new CompletableFuture<>());
  }

  /** How many questions are being answered. */
  int open() {
    return open.get();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      // closed: the test is over
    }
  }

  private void serve(Socket client) {
    open.incrementAndGet();
    try (client) {
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream());
      String name = name(request(in));
      CountDownLatch gone = new CountDownLatch(1);
      Thread.ofVirtual().start(() -> watch(in, name, gone));
      asked(name).complete(null);
      answer.give(new Call(name, client.getOutputStream(), gone));
    } catch (IOException e) {
      // the watch has noticed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.decrementAndGet();
    }
  }

  private void watch(InputStream in, String name, CountDownLatch gone) {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // a reset is an end as well
    } finally {
      left(name).complete(System.nanoTime());
      gone.countDown();
    }
  }

  private static String name(String body) {
    Matcher matcher = NAME.matcher(body);
    String last = "";
    while (matcher.find()) {
      last = matcher.group();
    }
    return last;
  }

  private static String request(InputStream in) throws IOException {
    int length = 0;
    for (String line = Exchange.headLine(in); !line.isEmpty(); line = Exchange.headLine(in)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
