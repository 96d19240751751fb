package dev.ragstream.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.ChatModel.Finish;
import dev.ragstream.core.Usage;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.Provider;
import dev.ragstream.upstream.Timeouts;
import dev.ragstream.upstream.UpstreamBody;
import dev.ragstream.upstream.UpstreamFailures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole streams of each provider come out the same, however the network cuts them up. */
class CapturedStreamsTest {

  private static final URI ADDRESS = URI.create("http://127.0.0.1:1");

  private static final Endpoint ENDPOINT =
      new Endpoint(
          ADDRESS,
          null,
          Map.of(),
          Timeouts.DEFAULTS,
          new Endpoint.Names("llm", Provider.OPENAI.keyVariable()));

  private static final String REASONING = "Das Wetter: 雨 ☔ am \"Hafen\"\n— \uD83C\uDF02 nötig?";
  private static final String ANSWER =
      "Ja, nimm einen Schirm \uD83C\uDF02 mit [1].\n今天有雨 \uD83D\uDE00.";

  static Stream<Arguments> streams() {
    return Stream.of(
        Arguments.of("openai.sse", new OpenAiApi("gpt-x", ENDPOINT, ChatOptions.DEFAULTS)),
        Arguments.of(
            "deepseek.sse",
            new OpenAiApi(
                Provider.DEEPSEEK,
                "deepseek-reasoner",
                ENDPOINT,
                ChatOptions.DEFAULTS,
                ThinkTags.UNOPENED)),
        Arguments.of(
            "vllm-without-opener.sse",
            new OpenAiApi("deepseek-r1", ENDPOINT, ChatOptions.DEFAULTS)),
        Arguments.of("anthropic.sse", new AnthropicApi("claude-x", ENDPOINT, ChatOptions.DEFAULTS)),
        Arguments.of("gemini.sse", new GeminiApi("gemini-x", ENDPOINT, ChatOptions.DEFAULTS)),
        Arguments.of("ollama.ndjson", new OllamaApi("qwen3", ENDPOINT, ChatOptions.DEFAULTS)),
        Arguments.of(
            "custom.ndjson",
            new DescribedApi(
                "mine",
                ENDPOINT,
                ChatOptions.DEFAULTS,
                ThinkTags.NONE,
                _ -> "{}",
                new AnswerPlaces(
                    true,
                    "/output/0/text",
                    "/output/0/why",
                    "/status/end",
                    "/status/tokens/0",
                    "/status/tokens/1"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void whereverTheBytesAreCutTheAnswerIsTheSame(String file, ChatApi api) throws Exception {
    String stream = captured(file);
    for (String lineEnd : file.endsWith(".sse") ? List.of("\n", "\r", "\r\n") : List.of("\n")) {
      byte[] bytes = stream.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8);
      for (int cut = 0; cut <= bytes.length; cut++) {
        relayed(api, new Pieces(bytes, cut, bytes.length)).expectWhole(cut);
      }
      relayed(api, new Pieces(bytes, 1, 1)).expectWhole(1);
    }
  }

  private static Relayed relayed(ChatApi api, UpstreamBody body) throws InterruptedException {
    RecordingReader reader = new RecordingReader();
    UpstreamFailures failures = new UpstreamFailures(api.name(), ENDPOINT, ADDRESS);
    AnswerPieces pieces = new AnswerPieces(reader, api.thinkTags());
    Finish finish =
        new AnswerStream(body, api.frames(body), api.chunks(), failures, pieces).relay();
    return new Relayed(reader, finish);
  }

  private record Relayed(RecordingReader reader, Finish finish) {

    void expectWhole(int cut) {
      assertThat(reader.thoughts()).as("cut at %d", cut).isEqualTo(REASONING);
      assertThat(reader.answer()).as("cut at %d", cut).isEqualTo(ANSWER);
      assertThat(finish).as("cut at %d", cut).isEqualTo(new Finish("stop", new Usage(812, 64)));
    }
  }

  private static String captured(String file) throws IOException {
    try (InputStream in = CapturedStreamsTest.class.getResourceAsStream("streams/" + file)) {
      return new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A body that comes in two pieces, or in many. */
  private static final class Pieces extends UpstreamBody {

    private final InputStream in;
    private final int rest;
    private int next;

    Pieces(byte[] bytes, int first, int rest) {
      this.in = new ByteArrayInputStream(bytes);
      this.next = first;
      this.rest = rest;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (next == 0) {
        next = rest;
      }
      int count = in.read(target, offset, Math.min(length, next));
      next = count == next ? rest : next - Math.max(0, count);
      return count;
    }

    @Override
    public int status() {
      return 200;
    }

    @Override
    public String contentType() {
      return "";
    }

    @Override
    public void limit(Duration silence) {}

    @Override
    public String beginning() {
      return "";
    }

    @Override
    public void close() {}
  }
}
