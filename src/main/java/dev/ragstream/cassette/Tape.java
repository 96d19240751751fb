package dev.ragstream.cassette;

import dev.ragstream.cassette.Answer.End;
import dev.ragstream.cassette.Answer.How;
import dev.ragstream.cassette.Answer.OverHttp;
import dev.ragstream.cassette.Answer.Request;
import dev.ragstream.cassette.Answer.Response;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.Redaction;
import dev.ragstream.upstream.UpstreamBody;
import dev.ragstream.upstream.UpstreamFailures;
import dev.ragstream.upstream.UpstreamRequest;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What one request to a model's server comes to, while it comes. */
final class Tape {

  /** Shorter values are no keys, and taking them out everywhere would break the stream. */
  private static final int SHORTEST_SECRET = 8;

  private final UpstreamRequest request;
  private final UpstreamFailures asked;
  private final LongSupplier millis;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Cut> cuts = new ArrayList<>();
  private @Nullable Response response;
  private @Nullable End end;

  /** The end of a chunk in all bytes, and when it came. */
  private record Cut(int end, long at) {}

  /**
   * @param millis since the request
   */
  Tape(UpstreamRequest request, UpstreamFailures asked, LongSupplier millis) {
    this.request = request;
    this.asked = asked;
    this.millis = millis;
  }

  void begins(UpstreamBody body) {
    response = new Response(millis.getAsLong(), body.status(), body.contentType());
  }

  void takes(byte[] source, int offset, int length) {
    bytes.write(source, offset, length);
    cuts.add(new Cut(bytes.size(), millis.getAsLong()));
  }

  void ends(How how) {
    ends(how, Duration.ZERO);
  }

  /** The first end counts. */
  void ends(How how, Duration silence) {
    if (end == null) {
      end = new End(millis.getAsLong(), how, silence);
    }
  }

  /** Whoever read it was interrupted or left. */
  void cutShort() {
    End last = end;
    if (last == null || last.how() == How.LEFT) {
      end = new End(last == null ? millis.getAsLong() : last.at(), How.INTERRUPTED);
    }
  }

  String model() {
    return asked.model();
  }

  Redaction redaction() {
    return asked.endpoint().redaction(SHORTEST_SECRET);
  }

  /** All of it, without the server's echoes of a secret, wherever chunks cut them. */
  OverHttp answer() {
    End last = end == null ? new End(millis.getAsLong(), How.LEFT) : end;
    return new OverHttp(asked(), response, chunks(), last);
  }

  private Request asked() {
    URI url = URI.create(Endpoint.shown(request.url()));
    URI baseUrl = URI.create(Endpoint.shown(asked.endpoint().baseUrl()));
    String method = request.body() == null ? "GET" : "POST";
    return new Request(method, url, baseUrl, RequestText.tree(request.body()));
  }

  private List<Chunk> chunks() {
    byte[] all = bytes.toByteArray();
    // One char for each byte: a place in the text is a place in the bytes.
    List<Redaction.Span> secrets = redaction().spans(new String(all, StandardCharsets.ISO_8859_1));
    List<Chunk> chunks = new ArrayList<>(cuts.size());
    int start = 0;
    int next = 0;
    for (Cut cut : cuts) {
      ByteArrayOutputStream kept = new ByteArrayOutputStream(Math.max(0, cut.end() - start));
      while (next < secrets.size() && secrets.get(next).start() < cut.end()) {
        Redaction.Span secret = secrets.get(next++);
        kept.write(all, start, secret.start() - start);
        kept.writeBytes(secret.placeholder().getBytes(StandardCharsets.UTF_8));
        start = secret.end();
      }
      if (start < cut.end()) {
        kept.write(all, start, cut.end() - start);
        start = cut.end();
      }
      if (kept.size() > 0) {
        chunks.add(new Chunk(cut.at(), kept.toByteArray()));
      }
    }
    return chunks;
  }
}
