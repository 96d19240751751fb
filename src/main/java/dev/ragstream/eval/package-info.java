/** Judges prompts and answers: golden prompts, and later question suites, metrics and reports. */
@NullMarked
package dev.ragstream.eval;

import org.jspecify.annotations.NullMarked;
