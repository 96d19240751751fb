package dev.ragstream.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.faults.Fault.Outcome.Cancels;
import dev.ragstream.faults.Fault.Outcome.Completes;
import dev.ragstream.faults.Fault.Outcome.Fails;
import dev.ragstream.faults.Fault.Reader;
import dev.ragstream.model.ProviderFixture;
import dev.ragstream.model.ProviderFixtures;
import dev.ragstream.model.ScriptedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row with every provider: one ending, the right one, and no secret anywhere. */
class FaultMatrixTest {

  private static final long PATIENCE_SECONDS = 60;

  static Stream<Arguments> matrix() {
    return FaultTable.rows().stream()
        .flatMap(fault ->
            ProviderFixtures.all().stream()
                .filter(fault.concerns())
                .map(provider ->
                    Arguments.argumentSet(provider.name() + ": " + fault, fault, provider)));
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void endsInExactlyOneWay(Fault fault, ProviderFixture provider) throws Exception {
    try (ScriptedServer server = new ScriptedServer()) {
      FaultRun run = new FaultRun(fault, provider, server);

      Ending ending = run.play();

      assertThat(run.text()).isEqualTo(fault.expected().text());
      assertThat(run.reasoning()).isEqualTo(fault.expected().reasoning());
      switch (fault.expected().outcome()) {
        case Completes(String reason) ->
            assertThat(ending)
                .isInstanceOfSatisfying(
                    Completed.class,
                    completed -> assertThat(completed.finishReason()).isEqualTo(reason));
        case Cancels(Duration within) -> {
          assertThat(ending).isInstanceOf(Cancelled.class);
          Instant free = server.clientLeft().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
          assertThat(Duration.between(run.readerLeft(), free)).isLessThanOrEqualTo(within);
        }
        case Fails fails -> assertFailure(run, provider, fails, ending);
      }
      assertOneEnding(run, fault, ending);
      assertThat(run.notices).hasSameSizeAs(fault.expected().notices());
      for (int i = 0; i < run.notices.size(); i++) {
        assertThat(run.notices.get(i))
            .matches(FaultRun.pattern(run.filled(fault.expected().notices().get(i), provider)));
      }
      assertThat(server.requests()).hasSizeLessThanOrEqualTo(run.connections());
      assertThat(run.everythingShown()).doesNotContain(Stage.KEY).doesNotContain(Stage.HEADER);
    }
  }

  private static void assertFailure(
      FaultRun run, ProviderFixture provider, Fails expected, Ending ending) {
    assertThat(ending).isInstanceOf(Failed.class);
    var failure = ((Failed) ending).failure();
    assertThat(failure.kind()).as(failure.problem()).isEqualTo(expected.kind());
    assertThat(failure.problem())
        .matches(FaultRun.pattern(run.filled(expected.problem(), provider)));
    assertThat(failure.remedy()).matches(FaultRun.pattern(run.filled(expected.remedy(), provider)));
  }

  /** A reader that threw has left and can't be told; every other one is told once, at the end. */
  private static void assertOneEnding(FaultRun run, Fault fault, Ending ending) {
    if (fault.reader() == Reader.LEAVES_IN_MID_STREAM) {
      assertThat(run.events).noneMatch(Ending.class::isInstance);
    } else {
      assertThat(run.events).filteredOn(Ending.class::isInstance).containsExactly(ending);
      assertThat(run.events.getLast()).isSameAs(ending);
    }
  }
}
