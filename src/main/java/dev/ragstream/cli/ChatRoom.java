package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Pipeline;
import dev.ragstream.core.Question;
import dev.ragstream.journal.Recording;
import dev.ragstream.journal.Run;
import dev.ragstream.journal.TimedEvent;
import dev.ragstream.render.FailureText;
import dev.ragstream.render.TerminalText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks the questions of a chat, and remembers what came of them. */
final class ChatRoom implements AutoCloseable {

  private static final int MOST_RUNS = 50;

  private final RootCommand root;
  private final ChatSetup setup;
  private final Views views;
  private final BooleanSupplier stopped;
  private final List<Run> runs = new ArrayList<>();
  private Conversation conversation;
  private @Nullable Question last;

  /** Whether the last question is part of the conversation. */
  private boolean lastCounts;

  private int exitCode = ExitCode.SUCCESS;
  private boolean over;
  private boolean toldWhatAnswers;

  /** What shows the events of an answer that is made with some settings. */
  @FunctionalInterface
  interface Views {

    Consumer<AnswerEvent> of(ChatSetup setup);
  }

  /**
   * @param stopped whether the answer that is being made has been stopped
   */
  ChatRoom(
      RootCommand root,
      ChatSetup setup,
      Conversation conversation,
      Views views,
      BooleanSupplier stopped) {
    this.root = root;
    this.setup = setup;
    this.conversation = conversation;
    this.views = views;
    this.stopped = stopped;
  }

  RootCommand root() {
    return root;
  }

  ChatSetup setup() {
    return setup;
  }

  Conversation conversation() {
    return conversation;
  }

  /** Goes on with another conversation; the runs of the one before are forgotten. */
  void enter(Conversation other) {
    conversation = other;
    last = null;
    runs.clear();
  }

  /** The last one comes last; those that failed are among them. */
  List<Run> runs() {
    return runs;
  }

  /**
   * The last run.
   *
   * @throws FailureException of kind {@code USAGE} where nothing was asked yet
   */
  Run lastRun() {
    if (runs.isEmpty()) {
      throw nothingAsked();
    }
    return runs.getLast();
  }

  /** What the program ends with: that of the first question or command that failed. */
  int exitCode() {
    return exitCode;
  }

  boolean isOver() {
    return over;
  }

  void end() {
    over = true;
  }

  /** Does something whose failure is told, and ends nothing. */
  void attempt(Runnable action) {
    try {
      action.run();
    } catch (FailureException e) {
      fail(e.failure(), e);
    } catch (RuntimeException e) {
      fail(
          new Failure(
              Failure.Kind.INTERNAL,
              "ragstream itself failed: " + e,
              "run 'ragstream -v chat' to see where, and report it"),
          e);
    }
  }

  private void fail(Failure failure, Exception cause) {
    Console console = root.invocation().console();
    console.out().flush();
    console.err().print(FailureText.of(failure, root.errorStyle()));
    if (root.verbose()) {
      console.err().print(FailureText.trace(cause));
    }
    console.err().flush();
    count(ExitCode.of(failure));
  }

  private void count(int code) {
    if (exitCode == ExitCode.SUCCESS) {
      exitCode = code;
    }
  }

  /** Asks a question that follows all that was said. */
  Ending ask(String text) {
    Question question = conversation.next(text);
    last = question;
    lastCounts = false;
    return answer(setup, question);
  }

  /** Asks the last question again; its new answer takes the place of the old one. */
  Ending retry(ChatSetup with) {
    return answer(with, again());
  }

  private Question again() {
    if (last != null) {
      return last;
    }
    last = conversation.last().orElseThrow(ChatRoom::nothingAsked);
    lastCounts = true;
    return last;
  }

  private static FailureException nothingAsked() {
    return new FailureException(
        Failure.Kind.USAGE, "nothing was asked yet", "ask a question first");
  }

  private Ending answer(ChatSetup with, Question question) {
    Pipeline pipeline = with.pipeline();
    Assembly assembly = with.assembly();
    Instant started = Instant.now();
    Recording recording = assembly.history().recording(question);
    List<TimedEvent> events = new ArrayList<>();
    long start = System.nanoTime();
    Consumer<AnswerEvent> view = views.of(with);
    Ending ending =
        recording.answer(
            event -> {
              events.add(new TimedEvent((System.nanoTime() - start) / 1_000_000, event));
              tell(question, event, with);
              view.accept(event);
            },
            reader -> pipeline.answer(question, reader));
    AnswerOptions.trace(root, ending);
    Run run =
        new Run(
            recording.id().orElse("(not kept)"),
            started,
            assembly.history().start(question),
            events);
    runs.add(run);
    if (runs.size() > MOST_RUNS) {
      runs.removeFirst();
    }
    remember(assembly, question, run.answer(), ending);
    if (!(ending instanceof Cancelled)) {
      count(ExitCode.of(ending));
    }
    return ending;
  }

  private void tell(Question question, AnswerEvent event, ChatSetup with) {
    switch (event) {
      case Retrieved(var found) -> {
        if (!found.query().equals(question.text())) {
          root.notice(root.errorStyle().dim("retrieving: " + TerminalText.oneLine(found.query())));
        }
      }
      case PromptBuilt _ -> {
        if (!toldWhatAnswers) {
          toldWhatAnswers =
              AnswerOptions.tellWhatAnswers(root, with.settings().llm().model(), "/model");
        }
        if (stopped.getAsBoolean()) {
          // A library may have lost the interrupt.
          Thread.currentThread().interrupt();
        }
      }
      case Reasoning _, Text _, Ending _ -> {}
    }
  }

  /** What broke off counts as far as it came. */
  private void remember(Assembly assembly, Question question, String answer, Ending ending) {
    if (answer.isEmpty() && !(ending instanceof Completed)) {
      return;
    }
    if (lastCounts) {
      conversation.takeBackLast();
    }
    conversation.add(question.text(), answer);
    lastCounts = true;
    if (!assembly.settings().journal().enabled()) {
      conversation.passOver();
      return;
    }
    try {
      conversation.keep(assembly.history().chats());
    } catch (FailureException e) {
      root.notice(
          "this turn of the chat is not kept: %s; %s"
              .formatted(e.failure().problem(), e.failure().remedy()));
    }
  }

  @Override
  public void close() {
    setup.close();
  }
}
