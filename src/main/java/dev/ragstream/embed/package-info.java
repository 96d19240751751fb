/**
 * Embedders: models whose weights come in a jar and run in process on ONNX Runtime, and a cache of
 * vectors on disk that any embedder can stand behind.
 *
 * <p>A bundled model is loaded on first use, its tokenizer and its weights on two threads, so that
 * a command which never embeds pays nothing. Nothing here touches a network.
 */
@NullMarked
package dev.ragstream.embed;

import org.jspecify.annotations.NullMarked;
