/**
 * The pipeline for front ends: HTTP, server-sent events and WebSocket. Every question is a {@link
 * dev.ragstream.server.Run}, whose events stand in a log that any number of readers follow; each
 * wire is a small class that spells events; {@link dev.ragstream.server.Gate} lets nobody in who
 * may not.
 */
@NullMarked
package dev.ragstream.server;

import org.jspecify.annotations.NullMarked;
