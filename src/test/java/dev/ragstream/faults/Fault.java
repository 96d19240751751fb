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
 * @param model what is asked for
 * @param address where
 * @param connections what the server does on each connection, in order
 * @param text the answer that the reader must have received in the end
 * @param notices what must have been told before, such as a wait; a pattern each
 */
public record Fault(
    String name,
    Predicate<ProviderFixture> concerns,
    String model,
    Function<ScriptedServer, URI> address,
    Function<Stage, List<List<Step>>> connections,
    Timeouts timeouts,
    Reader reader,
    String reasoning,
    String text,
    List<String> notices,
    Outcome outcome) {

  /** So generous that no row waits for them. */
  private static final Timeouts PATIENT =
      new Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60));

  /** What the reader of the answer does. */
  public enum Reader {
    STAYS,
    INTERRUPTED_BEFORE_FIRST_TEXT,
    INTERRUPTED_IN_MID_STREAM,
    LEAVES_IN_MID_STREAM
  }

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
        "test-model",
        ScriptedServer::url,
        connections,
        PATIENT,
        Reader.STAYS,
        "",
        "",
        List.of(),
        new Outcome.Completes("stop"));
  }

  /** The same on one connection. */
  static Fault onOneConnection(String name, Function<Stage, List<Step>> steps) {
    return of(name, stage -> List.of(steps.apply(stage)));
  }

  Fault concerning(Predicate<ProviderFixture> those) {
    return new Fault(
        name,
        those,
        model,
        address,
        connections,
        timeouts,
        reader,
        reasoning,
        text,
        notices,
        outcome);
  }

  Fault askingFor(String other) {
    return new Fault(
        name,
        concerns,
        other,
        address,
        connections,
        timeouts,
        reader,
        reasoning,
        text,
        notices,
        outcome);
  }

  Fault asking(Function<ScriptedServer, URI> other) {
    return new Fault(
        name,
        concerns,
        model,
        other,
        connections,
        timeouts,
        reader,
        reasoning,
        text,
        notices,
        outcome);
  }

  Fault within(Timeouts limits) {
    return new Fault(
        name,
        concerns,
        model,
        address,
        connections,
        limits,
        reader,
        reasoning,
        text,
        notices,
        outcome);
  }

  Fault readBy(Reader who, Duration freeWithin) {
    return new Fault(
        name,
        concerns,
        model,
        address,
        connections,
        timeouts,
        who,
        reasoning,
        text,
        notices,
        new Outcome.Cancels(freeWithin));
  }

  Fault thinking(String thoughts) {
    return new Fault(
        name,
        concerns,
        model,
        address,
        connections,
        timeouts,
        reader,
        thoughts,
        text,
        notices,
        outcome);
  }

  Fault saying(String answer) {
    return new Fault(
        name,
        concerns,
        model,
        address,
        connections,
        timeouts,
        reader,
        reasoning,
        answer,
        notices,
        outcome);
  }

  Fault telling(String... told) {
    return new Fault(
        name,
        concerns,
        model,
        address,
        connections,
        timeouts,
        reader,
        reasoning,
        text,
        List.of(told),
        outcome);
  }

  Fault failing(Failure.Kind kind, String problem, String remedy) {
    return new Fault(
        name,
        concerns,
        model,
        address,
        connections,
        timeouts,
        reader,
        reasoning,
        text,
        notices,
        new Outcome.Fails(kind, problem, remedy));
  }

  @Override
  public String toString() {
    return name;
  }
}
