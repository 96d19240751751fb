package dev.ragstream.server;

import org.jspecify.annotations.Nullable;

/**
 * Where to listen, which is fixed once the server runs, and what is taken in.
 *
 * @param port 0: any free one
 * @param secondPort for the same routes; null: none
 * @param mostBody of a request, in bytes
 * @param mostFrame of a message over a WebSocket, in bytes
 */
public record Listening(
    String host, int port, @Nullable Integer secondPort, long mostBody, long mostFrame) {}
