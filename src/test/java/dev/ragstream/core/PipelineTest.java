package dev.ragstream.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.PassageStore.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class PipelineTest {

  private static final Question QUESTION = new Question("rain?");

  private final List<AnswerEvent> events = new ArrayList<>();

  @Test
  void theEventsComeInOrderAndTheEndingIsReturnedAsWell() {
    ScriptedModel model =
        new ScriptedModel(reader -> {
          reader.reasoning("Let me see.");
          reader.text("It ");
          reader.text("rains [1][7].");
        });
    Ending ending = pipeline(model).answer(QUESTION, events::add);
    assertThat(events)
        .satisfiesExactly(
            e -> assertThat(e).isInstanceOf(Retrieved.class),
            e -> assertThat(e).extracting("prompt").isSameAs(model.sent),
            e -> assertThat(e).isEqualTo(new Reasoning("Let me see.")),
            e -> assertThat(e).isEqualTo(new Text("It ")),
            e -> assertThat(e).isEqualTo(new Text("rains [1][7].")),
            e -> assertThat(e).isSameAs(ending));
    assertThat(ending)
        .isInstanceOfSatisfying(
            Completed.class,
            completed -> {
              assertThat(completed.finishReason()).isEqualTo("stop");
              assertThat(completed.citations()).containsExactly(1);
              assertThat(completed.usage()).isEqualTo(new Usage(10, 4));
              assertThat(completed.timings().firstTextMillis())
                  .isBetween(
                      completed.timings().retrievalMillis(), completed.timings().totalMillis());
            });
  }

  @Test
  void whatIsInspectedIsWhatIsSent() {
    ScriptedModel model = new ScriptedModel(reader -> reader.text("Yes."));
    Prompt inspected = pipeline(model).inspect(QUESTION);
    assertThat(model.sent).isNull();
    pipeline(model).answer(QUESTION, events::add);
    assertThat(model.sent).isEqualTo(inspected);
  }

  @Test
  void anAnswerWithoutTextHasNoTimeOfItsFirstText() {
    Ending ending = pipeline(new ScriptedModel(_ -> {})).answer(QUESTION, events::add);
    assertThat(ending)
        .isInstanceOfSatisfying(
            Completed.class, c -> assertThat(c.timings().firstTextMillis()).isEqualTo(-1));
  }

  @Test
  void aFailureOfTheRetrievalIsTheOnlyEvent() {
    Failure failure = new Failure(Failure.Kind.STORE_MISSING, "there is no index", "make one");
    Retriever broken =
        new StoreRetriever(
            new ListStore(List.of(), List.of(), List.of()) {
              @Override
              public Candidates search(Query query) {
                throw new FailureException(failure);
              }
            },
            new QuestionEmbedder());
    Ending ending =
        new Pipeline(broken, Samples.options(5), prompts(100), new ScriptedModel(_ -> {}))
            .answer(QUESTION, events::add);
    assertThat(failure(ending)).isEqualTo(failure);
    assertThat(events).containsExactly(ending);
  }

  @Test
  void aFailureOfThePromptComesAfterThePassages() {
    ScriptedModel model = new ScriptedModel(_ -> {});
    Ending ending =
        new Pipeline(retriever(), Samples.options(5), prompts(2), model)
            .answer(QUESTION, events::add);
    assertThat(failure(ending).kind()).isEqualTo(Failure.Kind.PROMPT_TOO_LONG);
    assertThat(events).hasSize(2).endsWith(ending);
    assertThat(model.sent).isNull();
  }

  @Test
  void aFailureOfTheModelLeavesItsTextStanding() {
    Failure failure = new Failure(Failure.Kind.UPSTREAM_STALLED, "silence", "wait");
    Ending ending =
        pipeline(
                new ScriptedModel(reader -> {
                  reader.text("It ");
                  throw new FailureException(failure);
                }))
            .answer(QUESTION, events::add);
    assertThat(failure(ending)).isEqualTo(failure);
    assertThat(events).hasSize(4).endsWith(new Text("It "), ending);
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class})
  void aFaultOfOurOwnIsAFailureToo(Class<? extends Throwable> kind) throws Exception {
    Throwable fault = kind.getConstructor(String.class).newInstance("oops");
    Ending ending = pipeline(new ScriptedModel(_ -> throwAny(fault))).answer(QUESTION, events::add);
    assertThat(failure(ending))
        .isEqualTo(
            new Failure(
                Failure.Kind.INTERNAL,
                "ragstream itself failed: " + fault,
                "run it again with -v and report it"));
    assertThat(((Failed) ending).cause()).isSameAs(fault);
    assertThat(events).hasSize(3).endsWith(ending);
  }

  @Test
  void anInterruptCancels() throws InterruptedException {
    ScriptedModel model = new ScriptedModel(_ -> new SynchronousQueue<>().take());
    Thread thread = Thread.ofVirtual().start(() -> pipeline(model).answer(QUESTION, events::add));
    thread.interrupt();
    thread.join();
    assertThat(events.getLast()).isInstanceOf(Cancelled.class);
    assertThat(events).filteredOn(Ending.class::isInstance).hasSize(1);
  }

  @Test
  void anInterruptBeforeTheModelIsAskedSparesTheModel() {
    ScriptedModel model = new ScriptedModel(reader -> reader.text("too late"));
    Ending ending =
        pipeline(model)
            .answer(
                QUESTION,
                event -> {
                  events.add(event);
                  if (event instanceof PromptBuilt) {
                    Thread.currentThread().interrupt();
                  }
                });
    assertThat(ending).isInstanceOf(Cancelled.class);
    assertThat(events).hasSize(3).endsWith(ending);
    assertThat(model.sent).isNull();
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void whatAnInterruptBreaksIsCancelledNotFailed() {
    Ending ending =
        pipeline(
                new ScriptedModel(_ -> {
                  Thread.currentThread().interrupt();
                  throw new IllegalStateException("the channel was closed");
                }))
            .answer(QUESTION, events::add);
    assertThat(ending).isInstanceOf(Cancelled.class);
    assertThat(events).endsWith(ending);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void aReaderThatThrowsHasLeft(int at) {
    ScriptedModel model =
        new ScriptedModel(reader -> {
          reader.text("one");
          reader.text("two");
          reader.text("three");
        });
    RuntimeException gone = new IllegalStateException("gone");
    Ending ending = pipeline(model).answer(QUESTION, leavingAt(at, gone));
    assertThat(ending).isInstanceOf(Cancelled.class);
    assertThat(events).hasSize(at + 1).noneMatch(Ending.class::isInstance);
    assertThat(model.leftBy).isSameAs(at < 2 ? null : gone);
  }

  @Test
  void aReaderThatLeavesAtTheEndingDoesNotChangeIt() {
    Ending ending =
        pipeline(new ScriptedModel(reader -> reader.text("one")))
            .answer(QUESTION, leavingAt(3, new IllegalStateException("gone")));
    assertThat(ending).isInstanceOf(Completed.class);
    assertThat(events).hasSize(4).endsWith(ending);
  }

  @Test
  void aModelThatDoesNotMindThatItsReaderLeftReachesNobody() {
    ScriptedModel model =
        new ScriptedModel(reader -> {
          for (int i = 0; i < 3; i++) {
            try {
              reader.text("still here");
            } catch (IllegalStateException _) {
              // goes on
            }
          }
        });
    Ending ending =
        pipeline(model).answer(QUESTION, leavingAt(2, new IllegalStateException("gone")));
    assertThat(ending).isInstanceOf(Cancelled.class);
    assertThat(events).hasSize(3);
  }

  @Test
  void aSlowReaderHoldsTheModelBack() throws InterruptedException {
    SynchronousQueue<AnswerEvent> queue = new SynchronousQueue<>();
    AtomicInteger pieces = new AtomicInteger();
    ScriptedModel model =
        new ScriptedModel(reader -> {
          for (int i = 0; i < 5; i++) {
            pieces.incrementAndGet();
            reader.text("piece");
          }
        });
    Thread thread =
        Thread.ofVirtual()
            .start(() -> pipeline(model).answer(QUESTION, event -> put(queue, event)));
    assertThat(queue.take()).isInstanceOf(Retrieved.class);
    assertThat(queue.take()).isInstanceOf(PromptBuilt.class);
    for (int taken = 1; taken <= 5; taken++) {
      assertThat(queue.take()).isInstanceOf(Text.class);
      assertThat(pieces.get()).isLessThanOrEqualTo(taken + 1);
    }
    assertThat(queue.take()).isInstanceOf(Completed.class);
    thread.join();
  }

  private Consumer<AnswerEvent> leavingAt(int at, RuntimeException gone) {
    return event -> {
      events.add(event);
      if (events.size() == at + 1) {
        throw gone;
      }
    };
  }

  private static void put(SynchronousQueue<AnswerEvent> queue, AnswerEvent event) {
    try {
      queue.put(event);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void throwAny(Throwable fault) {
    switch (fault) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new AssertionError(fault);
    }
  }

  private static Failure failure(Ending ending) {
    assertThat(ending).isInstanceOf(Failed.class);
    return ((Failed) ending).failure();
  }

  private static Pipeline pipeline(ChatModel model) {
    return new Pipeline(retriever(), Samples.options(5), prompts(100), model);
  }

  private static PromptBuilder prompts(int room) {
    return new PromptBuilder(FixedTemplate.STANDARD, Samples::words, room + 50, 50);
  }

  private static Retriever retriever() {
    Chunk chunk = Samples.chunk("a.md#0", "", "It rains.");
    return new StoreRetriever(
        new ListStore(List.of(chunk), List.of(new Candidate("a.md#0", 2)), List.of()),
        new QuestionEmbedder());
  }
}
