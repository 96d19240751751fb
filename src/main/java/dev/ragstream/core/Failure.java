package dev.ragstream.core;

import java.util.Locale;

/**
 * Why something did not work, as a value: made where the cause is known, spelt to the user in one
 * place.
 *
 * @param problem one sentence: what is wrong, with the names and values at hand
 * @param remedy one sentence: what to do about it
 */
public record Failure(Kind kind, String problem, String remedy) {

  /** What sort of failure it is; the wire spells it in lower case. */
  public enum Kind {
    /** The command line or a request asks for something that cannot be. */
    USAGE,
    /** A setting is missing, unknown or of the wrong form. */
    SETTINGS,
    /** A template cannot be read or rendered. */
    TEMPLATE,
    /** The fixed parts of a prompt alone are larger than its budget. */
    PROMPT_TOO_LONG,
    /** A document cannot be read. */
    DOCUMENT,
    /** There is no store yet. */
    STORE_MISSING,
    /** The store cannot be read or written. */
    STORE,
    /** Another process holds the store. */
    STORE_LOCKED,
    /** The store was built with another embedding model. */
    STORE_MISMATCH,
    /** What was asked and said cannot be written down or looked up. */
    JOURNAL,
    /** The embedding model cannot be loaded or run. */
    EMBEDDING,
    /** The model's server cannot be reached. */
    UPSTREAM_UNREACHABLE,
    /** The model's server refused the key. */
    UPSTREAM_UNAUTHORIZED,
    /** The model's server asks to wait. */
    UPSTREAM_RATE_LIMITED,
    /** The model's server answered with an error. */
    UPSTREAM_ERROR,
    /** The model's server answered with something that is not its protocol. */
    UPSTREAM_PROTOCOL,
    /** The model's server fell silent. */
    UPSTREAM_STALLED,
    /** The stream ended before the answer did. */
    INCOMPLETE,
    /** A recording cannot be read or written. */
    CASSETTE,
    /** What is replayed was recorded for another request. */
    REPLAY_MISMATCH,
    /** A network is needed and {@code --offline} forbids it. */
    OFFLINE,
    /** A fault of ragstream itself. */
    INTERNAL;

    /** The kind as the wire and {@code --json} spell it. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
