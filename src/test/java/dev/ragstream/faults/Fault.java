package dev.ragstream.faults;

import dev.ragstream.core.Failure;
import dev.ragstream.model.ProviderFixture;
import dev.ragstream.model.ScriptedServer;
import dev.ragstream.model.ScriptedServer.Step;
import dev.ragstream.upstream.Timeouts;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Something that happens to an answer on its way, and what must come of it.
 *
 * @param name a sentence
 * @param concerns the providers to whom it can happen
 * @param connections what the server does on each connection, in order
 * @param asked how the model is asked
 * @param expected what must come of it
 */
public record Fault(
    String name,
    Predicate<ProviderFixture> concerns,
    Function<Stage, List<List<Step>>> connections,
    Asked asked,
    Reader reader,
    Expected expected) {

  /** So generous that no row waits for them. */
  private static final Timeouts PATIENT =
      new Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60));

  /** How a model is asked. */
  public record Asked(String model, Function<ScriptedServer, URI> address, Timeouts timeouts) {}

  /** What the reader of the answer does. */
  public enum Reader {
    STAYS,
    INTERRUPTED_BEFORE_FIRST_TEXT,
    INTERRUPTED_IN_MID_STREAM,
    LEAVES_IN_MID_STREAM
  }

  /**
   * What must come of it.
   *
   * @param reasoning that the reader must have received in the end
   * @param text likewise
   * @param notices what must have been told before, such as a wait; a pattern each
   */
  public record Expected(String reasoning, String text, List<String> notices, Outcome outcome) {}

  /** How it must end. */
  public sealed interface Outcome {

    record Completes(String finishReason) implements Outcome {}

    /** The server must be free again so soon after the reader left. */
    record Cancels(Duration within) implements Outcome {}

    /**
     * Patterns, where … is any text: {@code {url}} stands for the address that was asked, {@code
     * {model}} for the model and {@code {key}} for the key's placeholder.
     */
    record Fails(Failure.Kind kind, String problem, String remedy) implements Outcome {}
  }

  /** An answer that comes whole, until {@code with…} says otherwise. */
  static Fault of(String name, Function<Stage, List<List<Step>>> connections) {
    return new Fault(
        name,
        _ -> true,
        connections,
        new Asked("test-model", ScriptedServer::url, PATIENT),
        Reader.STAYS,
        new Expected("", "", List.of(), new Outcome.Completes("stop")));
  }

  /** The same on one connection. */
  static Fault onOneConnection(String name, Function<Stage, List<Step>> steps) {
    return of(name, stage -> List.of(steps.apply(stage)));
  }

  Fault concerning(Predicate<ProviderFixture> those) {
    return new Fault(name, those, connections, asked, reader, expected);
  }

  Fault askingFor(String other) {
    return asked(new Asked(other, asked.address, asked.timeouts));
  }

  Fault asking(Function<ScriptedServer, URI> other) {
    return asked(new Asked(asked.model, other, asked.timeouts));
  }

  Fault within(Timeouts limits) {
    return asked(new Asked(asked.model, asked.address, limits));
  }

  private Fault asked(Asked so) {
    return new Fault(name, concerns, connections, so, reader, expected);
  }

  Fault readBy(Reader who, Duration freeWithin) {
    return new Fault(name, concerns, connections, asked, who, expected)
        .ending(new Outcome.Cancels(freeWithin));
  }

  Fault thinking(String thoughts) {
    return expecting(new Expected(thoughts, expected.text, expected.notices, expected.outcome));
  }

  Fault saying(String answer) {
    return expecting(new Expected(expected.reasoning, answer, expected.notices, expected.outcome));
  }

  Fault telling(String... told) {
    return expecting(
        new Expected(expected.reasoning, expected.text, List.of(told), expected.outcome));
  }

  Fault failing(Failure.Kind kind, String problem, String remedy) {
    return ending(new Outcome.Fails(kind, problem, remedy));
  }

  private Fault ending(Outcome outcome) {
    return expecting(new Expected(expected.reasoning, expected.text, expected.notices, outcome));
  }

  private Fault expecting(Expected other) {
    return new Fault(name, concerns, connections, asked, reader, other);
  }

  @Override
  public String toString() {
    return name;
  }
}
