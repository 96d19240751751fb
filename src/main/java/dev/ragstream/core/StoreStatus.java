package dev.ragstream.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a store holds.
 *
 * @param location a path or an address, for people
 * @param model the embedding model that it was built with; null where nothing was indexed yet
 * @param bytes its size on disk
 * @param lastCommit when it last changed; null where it never did
 */
public record StoreStatus(
    String location,
    long documents,
    long chunks,
    @Nullable EmbeddingModel model,
    long bytes,
    @Nullable Instant lastCommit) {}
