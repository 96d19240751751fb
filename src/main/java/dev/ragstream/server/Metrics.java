package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.Failure;
import dev.ragstream.core.Timings;
import dev.ragstream.core.Usage;
import dev.ragstream.render.EventJson;
import dev.ragstream.server.Visit.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntSupplier;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * What Prometheus asks for. An answer is counted once, at its end, so that its pieces cost nothing;
 * labels hold only what the program itself names.
 */
final class Metrics {

  /** The text format of Prometheus. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final Set<Failure.Kind> UPSTREAM =
      EnumSet.of(
          Failure.Kind.UPSTREAM_UNREACHABLE,
          Failure.Kind.UPSTREAM_UNAUTHORIZED,
          Failure.Kind.UPSTREAM_RATE_LIMITED,
          Failure.Kind.UPSTREAM_ERROR,
          Failure.Kind.UPSTREAM_PROTOCOL,
          Failure.Kind.UPSTREAM_STALLED,
          Failure.Kind.INCOMPLETE);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Timer firstText =
      timer("ragstream.first.text", "From the question to the first piece of its answer")
          .serviceLevelObjectives(
              millis(20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000))
          .register(registry);
  private final Timer retrieval =
      timer("ragstream.retrieval", "From the question to its passages")
          .serviceLevelObjectives(millis(2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000))
          .register(registry);
  private final Counter promptTokens = tokens("prompt");
  private final Counter completionTokens = tokens("completion");

  Metrics() {
    for (String ending : List.of("completed", "cancelled", "failed")) {
      answers(ending);
    }
    UPSTREAM.forEach(this::upstreamFailures);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
  }

  /** Shows a number that goes up and down. */
  void watch(String name, String description, IntSupplier number) {
    Gauge.builder(name, number::getAsInt).description(description).register(registry);
  }

  /** Counts a request when it is over. */
  void follow(Request request, Response response, Visit visit) {
    Request.addCompletionListener(
        request,
        failure -> {
          Outcome outcome = visit.outcome(response.getStatus(), failure == null);
          Counter.builder("ragstream.requests")
              .description("Requests that are over")
              .tag("route", visit.route())
              .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .register(registry)
              .increment();
        });
  }

  /** Counts an answer when it is over. */
  void answered(Ending ending) {
    switch (ending) {
      case Completed completed -> {
        used(completed.usage());
        timed(ending, completed.timings());
      }
      case Cancelled cancelled -> timed(ending, cancelled.timings());
      case Failed failed -> {
        timed(ending, failed.timings());
        if (UPSTREAM.contains(failed.failure().kind())) {
          upstreamFailures(failed.failure().kind()).increment();
        }
      }
    }
  }

  /** Counts a search that no answer follows. */
  void retrieved(Duration took) {
    retrieval.record(took);
  }

  String scrape() {
    return registry.scrape(CONTENT_TYPE);
  }

  private void used(Usage usage) {
    promptTokens.increment(Math.max(0, usage.promptTokens()));
    completionTokens.increment(Math.max(0, usage.completionTokens()));
  }

  private void timed(Ending ending, Timings timings) {
    answers(EventJson.type(ending)).record(Duration.ofMillis(timings.totalMillis()));
    // What failed before it had found anything has no time of retrieval.
    if (ending instanceof Completed || timings.retrievalMillis() > 0) {
      retrieval.record(Duration.ofMillis(timings.retrievalMillis()));
    }
    if (timings.firstTextMillis() >= 0) {
      firstText.record(Duration.ofMillis(timings.firstTextMillis()));
    }
  }

  private Timer answers(String ending) {
    return timer("ragstream.answer", "From the question to the end of its answer")
        .tag("ending", ending)
        .serviceLevelObjectives(
            millis(100, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000))
        .register(registry);
  }

  private Counter upstreamFailures(Failure.Kind kind) {
    return Counter.builder("ragstream.upstream.failures")
        .description("Answers that the model's server did not give, or not to the end")
        .tag("kind", kind.wireName())
        .register(registry);
  }

  private Counter tokens(String kind) {
    return Counter.builder("ragstream.tokens")
        .description("Tokens, as far as the model's server counts them")
        .tag("kind", kind)
        .register(registry);
  }

  private static Timer.Builder timer(String name, String description) {
    return Timer.builder(name).description(description);
  }

  private static Duration[] millis(long... bounds) {
    return Arrays.stream(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }
}
