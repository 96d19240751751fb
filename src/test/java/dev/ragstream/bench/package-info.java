/**
 * Benchmarks: programs that print what something costs beside what it is compared with, as medians
 * of runs that take turns. None of them is a test.
 */
@NullMarked
package dev.ragstream.bench;

import org.jspecify.annotations.NullMarked;
