package dev.ragstream.server;

import dev.ragstream.core.Failure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many questions each client may ask in a minute. What is not used is saved up, for a minute at
 * most.
 */
final class RateLimit {

  private static final int MOST_CLIENTS = 10_000;
  private static final double MINUTE_MILLIS = 60_000;

  private final InstantSource clock;
  private final Map<String, Allowance> clients =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Allowance> eldest) {
          return size() > MOST_CLIENTS;
        }
      };

  RateLimit(InstantSource clock) {
    this.clock = clock;
  }

  private record Allowance(double left, long millis) {}

  /**
   * Counts a question.
   *
   * @param perMinute null: no limit
   * @throws RefusedException where it is one too many
   */
  synchronized void count(String client, @Nullable Integer perMinute) {
    if (perMinute == null) {
      return;
    }
    long now = clock.millis();
    Allowance before = clients.getOrDefault(client, new Allowance(perMinute, now));
    double left =
        Math.min(perMinute, before.left + (now - before.millis) * perMinute / MINUTE_MILLIS);
    if (left < 1) {
      clients.put(client, new Allowance(left, now));
      throw tooMany(perMinute, (1 - left) * MINUTE_MILLIS / perMinute);
    }
    clients.put(client, new Allowance(left - 1, now));
  }

  private static RefusedException tooMany(int perMinute, double waitMillis) {
    return new Refusal(
            429,
            new Failure(
                Failure.Kind.USAGE,
                "more than " + perMinute + " questions in a minute",
                "wait a moment, or raise serve.limits.perMinute"),
            Duration.ofSeconds((long) Math.ceil(waitMillis / 1000)))
        .exception();
  }
}
