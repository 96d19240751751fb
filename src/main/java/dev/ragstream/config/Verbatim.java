package dev.ragstream.config;

/** A text whose blanks at either end count. */
public record Verbatim(String text) {}
