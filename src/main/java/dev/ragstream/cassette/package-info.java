/**
 * Cassettes: what was found, sent and answered for a question, kept in a file of JSON lines with
 * the bytes of the model's server and their times, and played back without index, server or
 * network. Recording and replaying are ways to send a request ({@code upstream.Transport}), so a
 * replayed answer is read by the very code that read the live one.
 */
@NullMarked
package dev.ragstream.cassette;

import org.jspecify.annotations.NullMarked;
