package dev.ragstream.journal;

import dev.ragstream.core.AnswerEvent;

/**
 * When something happened.
 *
 * @param millis since the run began; of a text that came in several pieces, the first one's
 */
public record TimedEvent(long millis, AnswerEvent event) {}
