package dev.ragstream.server;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** All open WebSockets: pings them, and says goodbye when the server stops. */
final class Sockets implements AutoCloseable {

  private final Set<ChatSocket> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("websocket-pings").factory());

  Sockets(Duration pings) {
    // At a fixed rate, a machine that slept would make up for all the pings that it missed at once.
    ScheduledFuture<?> _ =
        clock.scheduleWithFixedDelay(
            () -> open.forEach(ChatSocket::ping),
            pings.toMillis(),
            pings.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  void add(ChatSocket socket) {
    open.add(socket);
  }

  void remove(ChatSocket socket) {
    open.remove(socket);
  }

  int size() {
    return open.size();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    open.forEach(ChatSocket::goAway);
  }
}
