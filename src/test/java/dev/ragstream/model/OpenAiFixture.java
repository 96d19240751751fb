package dev.ragstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Secret;
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

  static final Prompt PROMPT = Prompts.prompt("Is it raining?", "It's raining.");

  /** So generous that no test waits for them. */
  static final Timeouts PATIENT =
      new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(60));

  static final Timeouts IMPATIENT =
      new Timeouts(Duration.ofSeconds(30), Duration.ofMillis(100), Duration.ofMillis(100));

  final List<String> notices = new CopyOnWriteArrayList<>();
  final List<Duration> waits = new CopyOnWriteArrayList<>();
  final RecordingReader reader = new RecordingReader();

  OpenAiChatModel model(URI url) {
    return model(url, PATIENT);
  }

  OpenAiChatModel model(URI url, Timeouts timeouts) {
    return model(
        new Endpoint(
            url,
            new Secret("$TEST_KEY", () -> CANARY),
            Map.of("X-Team", new Secret("$TEAM", () -> HEADER_CANARY)),
            timeouts));
  }

  OpenAiChatModel model(Endpoint endpoint) {
    return new OpenAiChatModel(
        "test-model",
        endpoint,
        ChatOptions.DEFAULTS,
        notices::add,
        new RetryPolicy(
            2, InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z")), () -> 0, waits::add));
  }

  /** Asks, expects a failure, and looks for the canaries wherever it could be read. */
  Failure failureOf(OpenAiChatModel model) {
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
