/**
 * Speaking HTTP to the servers of models, whatever they are asked for: sending, waiting and asking
 * again, noticing that a server fell silent, closing, and saying what went wrong without giving a
 * secret away. What is said there is the business of {@code model} and {@code embed}.
 */
@NullMarked
package dev.ragstream.upstream;

import org.jspecify.annotations.NullMarked;
