package dev.ragstream.core;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Metadata that a passage must have; all of it. The keys {@code source} and {@code title} mean the
 * chunk's own.
 */
public record Filter(Map<String, String> required) {

  public static final Filter NONE = new Filter(Map.of());

  public Filter {
    required = Collections.unmodifiableMap(new TreeMap<>(required));
  }
}
