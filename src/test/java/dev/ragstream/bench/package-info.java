/**
 * Benchmarks, run by {@code scripts/bench}: they print ratios and quality figures, and assert
 * nothing.
 */
@NullMarked
package dev.ragstream.bench;

import org.jspecify.annotations.NullMarked;
