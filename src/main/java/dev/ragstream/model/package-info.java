/**
 * Chat models: those that answer over HTTP, each a small class that turns a prompt into its
 * provider's request and the provider's stream into pieces, over one shared way of sending,
 * retrying, reading and closing; and the extractive model, which needs no server and answers with
 * the passages' own sentences.
 */
@NullMarked
package dev.ragstream.model;

import org.jspecify.annotations.NullMarked;
