package dev.ragstream.journal;

import dev.ragstream.core.AnswerEvent.Ending;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run in a list.
 *
 * @param ending null where the run goes on, or its process died
 */
public record RunSummary(
    String id, Instant started, String question, String model, @Nullable Ending ending) {}
