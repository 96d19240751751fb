package dev.ragstream.core;

/**
 * What a store remembers of a document.
 *
 * @param fingerprint of its bytes and of the settings that cut it into chunks; another one means:
 *     index it again
 * @param chunks how many it was cut into
 */
public record StoredDocument(String source, String fingerprint, int chunks) {}
