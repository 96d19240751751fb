package dev.ragstream.ingest;

import java.nio.file.Path;

/**
 * A file to be read.
 *
 * @param source as in {@link dev.ragstream.core.Chunk#source()}
 */
public record Found(Path path, String source) implements Finding {}
