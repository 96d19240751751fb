package dev.ragstream.core;

/**
 * How long an answer took, in milliseconds from the start.
 *
 * @param retrievalMillis until the passages were there
 * @param firstTextMillis until the first piece of the answer; -1 where none came
 * @param totalMillis until the end
 */
public record Timings(long retrievalMillis, long firstTextMillis, long totalMillis) {}
