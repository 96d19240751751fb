/**
 * From files to chunks: what to read ({@code FileWalker}), how to read it (one {@code
 * DocumentReader} per format), how to cut it ({@code Chunker}), and the {@code Indexer} that
 * carries chunks through the embedder into the store.
 */
@NullMarked
package dev.ragstream.ingest;

import org.jspecify.annotations.NullMarked;
