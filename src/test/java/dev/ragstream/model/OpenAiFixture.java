package dev.ragstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragstream.core.ChatModel;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Secret;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.HttpTransport;
import dev.ragstream.upstream.Provider;
import dev.ragstream.upstream.RetryPolicy;
import dev.ragstream.upstream.Timeouts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A model with a canary for a key, whose waits before a retry are only written down. */
final class OpenAiFixture {

  static final String CANARY = "sk-canary-4711-never-shown";
  static final String HEADER_CANARY = "canary-header-0815";

  static final Endpoint.Names NAMES = new Endpoint.Names("llm", Provider.OPENAI.keyVariable());

  static final Prompt PROMPT = Prompts.prompt("Is it raining?", "It's raining.");

  /** So generous that no test waits for them. */
  static final Timeouts PATIENT =
      new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(60));

  /** Long enough for a busy machine to answer in, where it does answer. */
  static final Timeouts IMPATIENT =
      new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(2));

  final List<String> notices = new CopyOnWriteArrayList<>();
  final List<Duration> waits = new CopyOnWriteArrayList<>();
  final RecordingReader reader = new RecordingReader();

  HttpChatModel model(URI url) {
    return model(url, PATIENT);
  }

  HttpChatModel model(URI url, Timeouts timeouts) {
    return model(
        new Endpoint(
            url,
            new Secret("$TEST_KEY", () -> CANARY),
            Map.of("X-Team", new Secret("$TEAM", () -> HEADER_CANARY)),
            timeouts,
            NAMES));
  }

  HttpChatModel model(Endpoint endpoint) {
    RetryPolicy retry =
        new RetryPolicy(
            2, InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z")), () -> 0, waits::add);
    return new HttpChatModel(
        new OpenAiApi("test-model", endpoint, ChatOptions.DEFAULTS),
        new HttpTransport(endpoint, retry, notices::add));
  }

  /** Asks, expects a failure, and looks for the canaries wherever it could be read. */
  Failure failureOf(ChatModel model) {
    FailureException thrown =
        catchThrowableOfType(FailureException.class, () -> model.stream(PROMPT, reader));
    assertThat(thrown).as("a failure").isNotNull();
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    assertThat(trace + thrown.failure().toString() + notices)
        .doesNotContain(CANARY)
        .doesNotContain(HEADER_CANARY);
    return thrown.failure();
  }
}
