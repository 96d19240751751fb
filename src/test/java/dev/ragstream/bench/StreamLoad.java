package dev.ragstream.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/** Many clients on the calling thread, that ask once each and check what they are answered. */
final class StreamLoad {

  /** Nothing for so long means that nothing more comes. */
  private static final long PATIENCE_MILLIS = 30_000;

  private StreamLoad() {}

  /** How a client asks, and what it looks for in the answer. */
  enum Wire {
    /** OpenAI's own, through a proxy. */
    OPENAI,
    EVENTS,
    FRAMES;

    private AnswerScanner scanner() {
      return switch (this) {
        case OPENAI -> new AnswerScanner.OfOpenAi();
        case EVENTS -> new AnswerScanner.OfEvents();
        case FRAMES -> new AnswerScanner.OfFrames();
      };
    }
  }

  /**
   * Clients of one kind.
   *
   * @param model which answer, as {@link CheapUpstream} names them
   */
  record Clients(int count, int port, Wire wire, String model) {}

  /**
   * What they saw.
   *
   * @param nanos from the first request to the last answer's end
   * @param broken what was wrong with answers that were not whole, each token once and in order
   * @param firstTokens how long each waited for its first token, in nanoseconds
   */
  record Outcome(
      long tokens, long nanos, List<String> broken, List<Long> firstTokens, LateTokens late) {

    double perSecond() {
      return tokens * 1e9 / nanos;
    }
  }

  /** Starts all clients, evenly over a time, and waits for their answers' ends. */
  static Outcome run(List<Clients> groups, Duration ramp) throws IOException {
    Queue<Client> waiting = new ArrayDeque<>(shuffled(groups));
    List<Client> all = List.copyOf(waiting);
    int total = all.size();
    LateTokens late = new LateTokens();
    Work work = new Work(late);
    long start = System.nanoTime();
    int open = 0;
    try (Selector selector = Selector.open()) {
      for (int begun = 0; begun < total || open > 0; ) {
        while (begun < total && System.nanoTime() - start >= ramp.toNanos() * begun / total) {
          waiting.remove().start(selector);
          begun++;
          open++;
        }
        long wait =
            begun == total ? PATIENCE_MILLIS : Math.max(1, ramp.toMillis() / Math.max(1, total));
        int before = open;
        int[] closed = new int[1];
        int ready =
            selector.select(
                key -> closed[0] += ((Client) key.attachment()).read(work) ? 0 : 1, wait);
        open = before - closed[0];
        if (ready == 0 && begun == total) {
          break;
        }
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    }
    long nanos = System.nanoTime() - start;
    long tokens = 0;
    List<String> broken = new ArrayList<>();
    List<Long> firstTokens = new ArrayList<>();
    for (Client client : all) {
      tokens += client.scanner.tokens;
      firstTokens.add(client.scanner.firstToken - client.asked);
      if (!client.scanner.whole || !client.scanner.ended || !client.scanner.fault.isEmpty()) {
        broken.add(client.toString());
      }
    }
    return new Outcome(tokens, nanos, broken, firstTokens, late);
  }

  /** Clients of all groups in turns. */
  private static List<Client> shuffled(List<Clients> groups) throws IOException {
    List<Client> all = new ArrayList<>();
    int most = groups.stream().mapToInt(Clients::count).max().orElse(0);
    for (int i = 0; i < most; i++) {
      for (Clients group : groups) {
        if ((long) i * group.count / most < (long) (i + 1) * group.count / most) {
          all.add(new Client(group));
        }
      }
    }
    return all;
  }

  /** Buffers that all clients share, since one is served at a time. */
  private static final class Work {

    private final ByteBuffer input = ByteBuffer.allocateDirect(256 << 10);
    private final byte[] read = new byte[256 << 10];
    private byte[] content = new byte[512 << 10];
    private final LateTokens late;

    Work(LateTokens late) {
      this.late = late;
    }
  }

  private static final class Client {

    private static final byte[] NOTHING = {};
    private static final byte[] PONG = {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0};

    private final Clients kind;
    private final AnswerScanner scanner;
    private final Chunks chunks = new Chunks();
    private SocketChannel channel = SocketChannel.open();
    private long asked;
    private boolean upgraded;
    private String head = "";
    private byte[] rest = NOTHING;

    Client(Clients kind) throws IOException {
      this.kind = kind;
      this.scanner = kind.wire.scanner();
    }

    void start(Selector selector) throws IOException {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      asked = System.nanoTime();
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), kind.port));
      send(request());
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
    }

    private byte[] request() {
      return switch (kind.wire) {
        case OPENAI ->
            post(
                "/v1/chat/completions",
                "{\"model\":\"%s\",\"stream\":true,\"messages\":[]}".formatted(kind.model));
        case EVENTS -> post("/stream", question());
        case FRAMES ->
            CheapAnswers.ascii(
                """
                GET /ws_chat HTTP/1.1\r
                Host: 127.0.0.1:%d\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                \r
                """
                    .formatted(kind.port));
      };
    }

    private String question() {
      return "{\"question\":\"Should I carry an umbrella?\",\"model\":\"openai:%s\"}"
          .formatted(kind.model);
    }

    private byte[] post(String path, String body) {
      return CheapAnswers.ascii(
          """
          POST %s HTTP/1.1\r
          Host: 127.0.0.1:%d\r
          Content-Type: application/json\r
          Content-Length: %d\r
          \r
          %s\
          """
              .formatted(path, kind.port, body.length(), body));
    }

    /** A text frame with a mask of zeros. */
    private byte[] frame(String text) {
      byte[] payload = CheapAnswers.ascii(text);
      ByteBuffer frame = ByteBuffer.allocate(payload.length + 6);
      frame.put((byte) 0x81).put((byte) (0x80 | payload.length)).putInt(0).put(payload);
      return frame.array();
    }

    private void send(byte[] bytes) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }

    /**
     * Reads what is there.
     *
     * @return whether more may come
     */
    boolean read(Work work) {
      try {
        boolean open = channel.read(work.input.clear()) >= 0;
        work.input.flip();
        int count = work.input.remaining();
        work.input.get(work.read, 0, count);
        int start = upgraded ? 0 : head(work.read, count);
        if (upgraded) {
          content(work, start, count);
        }
        if (scanner.pinged) {
          scanner.pinged = false;
          send(PONG);
        }
        if (!open || scanner.ended || !scanner.fault.isEmpty()) {
          channel.close();
          return false;
        }
        return true;
      } catch (IOException e) {
        scanner.fault = e.toString();
        return false;
      }
    }

    /** Where the body begins. */
    private int head(byte[] bytes, int count) throws IOException {
      int before = head.length();
      head += new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
      int end = head.indexOf("\r\n\r\n");
      if (end < 0) {
        return count;
      }
      upgraded = true;
      if (!head.startsWith("HTTP/1.1 200") && !head.startsWith("HTTP/1.1 101")) {
        scanner.fault = head;
      }
      if (kind.wire == Wire.FRAMES) {
        send(frame(question()));
      }
      return end + 4 - before;
    }

    private void content(Work work, int start, int end) {
      int size = rest.length;
      if (size + end - start > work.content.length) {
        work.content = new byte[2 * (size + end - start)];
      }
      System.arraycopy(rest, 0, work.content, 0, size);
      if (kind.wire == Wire.FRAMES) {
        System.arraycopy(work.read, start, work.content, size, end - start);
        size += end - start;
      } else {
        size = chunks.decode(work.read, start, end, work.content, size);
      }
      int used = scanner.scan(work.content, 0, size, work.late);
      rest = used == size ? NOTHING : Arrays.copyOfRange(work.content, used, size);
    }

    @Override
    public String toString() {
      return "%s: %d tokens, %s%s%s"
          .formatted(
              kind.wire,
              scanner.tokens,
              scanner.ended ? "ended" : "not ended",
              scanner.whole ? "" : ", hash unlike",
              scanner.fault.isEmpty() ? "" : ", " + scanner.fault);
    }
  }

  /** Takes the framing of chunked transfer off. */
  private static final class Chunks {

    /** What is left of the current chunk. */
    private int left;

    private int size;
    private boolean inSize = true;

    int decode(byte[] from, int start, int end, byte[] to, int written) {
      int at = start;
      int out = written;
      while (at < end) {
        if (left > 0) {
          int count = Math.min(left, end - at);
          System.arraycopy(from, at, to, out, count);
          out += count;
          at += count;
          left -= count;
          continue;
        }
        byte b = from[at++];
        if (b == '\n') {
          // The line after a chunk is empty and so no size.
          left = size;
          size = 0;
          inSize = true;
        } else if (b == ';') {
          inSize = false;
        } else if (b != '\r' && inSize) {
          size = 16 * size + Character.digit(b, 16);
        }
      }
      return out;
    }
  }
}
