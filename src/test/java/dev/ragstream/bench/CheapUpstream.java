package dev.ragstream.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model's server that costs next to nothing. The model's name says what it answers: {@code
 * flat-1000} a thousand tokens as fast as they are taken, {@code paced-1000} twenty in a second,
 * each of them the microsecond at which it was due.
 */
final class CheapUpstream implements AutoCloseable {

  static final long PACE_NANOS = 50_000_000;

  private static final Pattern MODEL =
      Pattern.compile("\"model\":\\s*\"(?:openai:)?(flat|paced)-(\\d+)\"");
  private static final Pattern LENGTH =
      Pattern.compile("content-length:\\s*(\\d+)", Pattern.CASE_INSENSITIVE);

  private final Selector selector = Selector.open();
  private final ServerSocketChannel server = ServerSocketChannel.open();
  private final Map<Integer, ByteBuffer> answers = new HashMap<>();
  private final Queue<Paced> begun = new ConcurrentLinkedQueue<>();
  private final LateTokens late = new LateTokens();
  private final Thread pacing;
  private volatile boolean closed;

  CheapUpstream() throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
    pacing = Thread.ofPlatform().name("upstream-paced").daemon().start(this::pace);
    Thread _ = Thread.ofPlatform().name("upstream").daemon().start(this::serve);
  }

  int port() throws IOException {
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  /** How late this server itself was with paced tokens. */
  LateTokens late() {
    return late;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    selector.close();
    server.close();
    LockSupport.unpark(pacing);
  }

  private void serve() {
    ByteBuffer input = ByteBuffer.allocateDirect(64 << 10);
    while (!closed) {
      try {
        selector.select(key -> ready(key, input));
      } catch (IOException | RuntimeException e) {
        if (!closed) {
          throw new IllegalStateException("the upstream broke", e);
        }
      }
    }
  }

  private void ready(SelectionKey key, ByteBuffer input) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else if (key.isReadable()) {
        ((Client) key.attachment()).read(input);
      } else {
        ((Client) key.attachment()).write();
      }
    } catch (IOException e) {
      ((Client) key.attachment()).leave();
    }
  }

  private void accept() throws IOException {
    for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      key.attach(new Client(channel, key));
    }
  }

  private void pace() {
    // All have the same pace, so whoever was served last is due last.
    Deque<Paced> due = new ArrayDeque<>();
    while (!closed) {
      for (Paced next = begun.poll(); next != null; next = begun.poll()) {
        due.addFirst(next);
      }
      Paced first = due.peekFirst();
      long wait = first == null ? PACE_NANOS : first.due - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(this, wait);
      } else if (first != null) {
        due.removeFirst();
        late.add(-wait / 1000);
        if (first.send()) {
          due.addLast(first);
        }
      }
    }
  }

  /** One connection, for one request after the other. */
  private final class Client {

    private final SocketChannel channel;
    private final SelectionKey key;
    private String request = "";
    private @Nullable ByteBuffer answer;
    private volatile boolean gone;

    Client(SocketChannel channel, SelectionKey key) {
      this.channel = channel;
      this.key = key;
    }

    void read(ByteBuffer input) throws IOException {
      if (channel.read(input.clear()) < 0) {
        leave();
        return;
      }
      request += StandardCharsets.ISO_8859_1.decode(input.flip());
      int body = request.indexOf("\r\n\r\n") + 4;
      Matcher length = LENGTH.matcher(request);
      if (body >= 4
          && length.find()
          && request.length() - body >= Integer.parseInt(length.group(1))) {
        String whole = request;
        request = "";
        answer(whole);
      }
    }

    private void answer(String whole) throws IOException {
      Matcher model = MODEL.matcher(whole);
      if (!model.find()) {
        throw new IOException("no model is named");
      }
      int tokens = Integer.parseInt(model.group(2));
      if (model.group(1).equals("paced")) {
        begun.add(new Paced(this, tokens));
        LockSupport.unpark(pacing);
      } else {
        answer = answers.computeIfAbsent(tokens, CheapAnswers::whole).duplicate();
        write();
      }
    }

    void write() throws IOException {
      if (answer == null) {
        return;
      }
      channel.write(answer);
      boolean more = answer.hasRemaining();
      key.interestOps(more ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
      if (!more) {
        answer = null;
      }
    }

    void leave() {
      gone = true;
      try {
        channel.close();
      } catch (IOException e) {
        // it has gone either way
      }
    }
  }

  private static final class Paced {

    private final Client client;
    private int left;
    private long due = System.nanoTime();
    private long hash;
    private ByteBuffer unsent = ByteBuffer.wrap(CheapAnswers.HEAD);

    Paced(Client client, int tokens) {
      this.client = client;
      this.left = tokens;
    }

    /**
     * Sends the token that is due.
     *
     * @return whether more follow
     */
    boolean send() {
      left--;
      byte[] token =
          left == 0
              ? CheapAnswers.hashToken(hash)
              : CheapAnswers.ascii(" " + Long.toString(due / 1000));
      hash = CheapAnswers.hash(hash, token, 0, token.length);
      due += PACE_NANOS;
      append(CheapAnswers.event(token));
      if (left == 0) {
        append(CheapAnswers.end());
      }
      try {
        client.channel.write(unsent);
      } catch (IOException e) {
        client.leave();
      }
      return left > 0 && !client.gone;
    }

    private void append(byte[] bytes) {
      byte[] all = Arrays.copyOf(rest(), unsent.remaining() + bytes.length);
      System.arraycopy(bytes, 0, all, all.length - bytes.length, bytes.length);
      unsent = ByteBuffer.wrap(all);
    }

    private byte[] rest() {
      byte[] rest = new byte[unsent.remaining()];
      unsent.get(unsent.position(), rest);
      return rest;
    }
  }
}
