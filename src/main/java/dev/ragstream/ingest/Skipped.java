package dev.ragstream.ingest;

/**
 * A file that is left out, which is no failure.
 *
 * @param source as in {@link dev.ragstream.core.Chunk#source()}
 * @param reason why, as the end of the sentence "it was skipped: …"
 */
public record Skipped(String source, String reason) implements Finding, Reading {}
