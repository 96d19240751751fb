/**
 * Rerankers on a server, asked over HTTP: one way to ask, and a small class for each shape of
 * request and answer.
 */
@NullMarked
package dev.ragstream.rerank;

import org.jspecify.annotations.NullMarked;
