/**
 * From events to what people and programs read: terminal text, JSON lines, tables. {@link
 * dev.ragstream.render.EventJson} is the one JSON spelling of an event, {@link
 * dev.ragstream.render.TerminalText} the one gate through which foreign text reaches a terminal.
 */
@NullMarked
package dev.ragstream.render;

import org.jspecify.annotations.NullMarked;
