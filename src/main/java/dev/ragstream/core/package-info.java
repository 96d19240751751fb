/**
 * The vocabulary of ragstream (question, passage, prompt, answer event), the ports that adapters
 * implement, and the {@link dev.ragstream.core.Pipeline} that joins them. Nothing here knows a
 * library: this package imports {@code java.*} and JSpecify alone, so that each rule of retrieval,
 * fusion, packing and streaming can be read and tested by itself.
 */
@NullMarked
package dev.ragstream.core;

import org.jspecify.annotations.NullMarked;
