package dev.ragstream.journal;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Retrieval;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was asked and all that came of it.
 *
 * @param events in order; pieces of text and of reasoning that came one after the other are joined
 */
public record Run(String id, Instant started, RunStart start, List<TimedEvent> events) {

  public Run {
    events = List.copyOf(events);
  }

  /** Empty where it failed before anything was found. */
  public Optional<Retrieval> retrieval() {
    return all(Retrieved.class).map(Retrieved::retrieval).findFirst();
  }

  /** Empty where it failed before there was one. */
  public Optional<Prompt> prompt() {
    return all(PromptBuilt.class).map(PromptBuilt::prompt).findFirst();
  }

  /** As far as it came. */
  public String answer() {
    return all(Text.class).map(Text::text).collect(Collectors.joining());
  }

  /** What the model thought aloud. */
  public String reasoning() {
    return all(Reasoning.class).map(Reasoning::text).collect(Collectors.joining());
  }

  /** Empty where it goes on, or its process died. */
  public Optional<Ending> ending() {
    return all(Ending.class).findFirst();
  }

  public RunSummary summary() {
    return new RunSummary(
        id, started, start.question().text(), start.model(), ending().orElse(null));
  }

  private <T extends AnswerEvent> Stream<T> all(Class<T> type) {
    return events.stream().map(TimedEvent::event).filter(type::isInstance).map(type::cast);
  }
}
