package dev.ragstream.bench;

import dev.ragstream.core.Ledger;
import dev.ragstream.core.Message;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Question;
import dev.ragstream.model.HttpChatModel;
import dev.ragstream.model.ProviderFixture;
import dev.ragstream.model.ProviderFixtures;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.HttpTransport;
import dev.ragstream.upstream.RetryPolicy;
import dev.ragstream.upstream.Timeouts;
import dev.ragstream.upstream.Transport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A provider's stream of as many deltas as wanted, each about a token long, and the model that
 * reads it.
 */
record StreamOfProvider(ProviderFixture provider) {

  static final Prompt PROMPT =
      new Prompt(
          new Question("Should I carry an umbrella?"),
          "bench",
          List.of(new Message(Message.Role.USER, "Should I carry an umbrella?")),
          List.of(),
          "0f0f0f0f",
          new Ledger(4096, 1024, 0, 0, 0, 0, 0, List.of()));

  /** Tokens as models cut them, one in ten not ASCII. */
  private static final List<String> TOKENS =
      List.of("Yes", ",", " take", " an", " umb", "rella", ":", " it", " rains", " in Zürich.");

  private static final Endpoint.Names NAMES = new Endpoint.Names("llm", "BENCH_KEY");

  static StreamOfProvider named(String name) {
    return new StreamOfProvider(
        ProviderFixtures.all().stream()
            .filter(provider -> provider.name().equals(name))
            .findFirst()
            .orElseThrow());
  }

  /** Text alone. */
  byte[] text(int deltas) {
    StringBuilder stream = new StringBuilder(provider.opening());
    for (int i = 0; i < deltas; i++) {
      stream.append(provider.text(token(i)));
    }
    return bytes(stream);
  }

  /** Half reasoning, half text, each in its own field. */
  byte[] reasoning(int deltas) {
    StringBuilder stream = new StringBuilder(provider.opening());
    for (int i = 0; i < deltas; i++) {
      stream.append(i < deltas / 2 ? provider.reasoning(token(i)) : provider.text(token(i)));
    }
    return bytes(stream);
  }

  /** The same with all of it in the text, the reasoning between tags. */
  byte[] thinkTags(int deltas) {
    StringBuilder stream = new StringBuilder(provider.opening());
    for (int i = 0; i < deltas; i++) {
      String tag = i == 0 ? "<think>" : i == deltas / 2 ? "</think>" : "";
      stream.append(provider.text(tag + token(i)));
    }
    return bytes(stream);
  }

  HttpChatModel model(Transport transport) {
    Endpoint endpoint = endpoint(URI.create("http://127.0.0.1:1/v1"));
    return new HttpChatModel(provider.api(endpoint), transport);
  }

  HttpChatModel model(URI url) {
    Endpoint endpoint = endpoint(url);
    return new HttpChatModel(
        provider.api(endpoint), new HttpTransport(endpoint, RetryPolicy.standard(), _ -> {}));
  }

  URI asked(URI url) {
    return endpoint(url).resolve(provider.path());
  }

  private static Endpoint endpoint(URI url) {
    return new Endpoint(url, null, Map.of(), Timeouts.DEFAULTS, NAMES);
  }

  private static String token(int i) {
    return TOKENS.get(i % TOKENS.size());
  }

  private byte[] bytes(StringBuilder stream) {
    return stream.append(provider.end()).toString().getBytes(StandardCharsets.UTF_8);
  }
}
