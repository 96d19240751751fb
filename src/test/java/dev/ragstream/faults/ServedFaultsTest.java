package dev.ragstream.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.ChatModel;
import dev.ragstream.core.Prompt;
import dev.ragstream.faults.Fault.Outcome.Cancels;
import dev.ragstream.faults.Fault.Outcome.Completes;
import dev.ragstream.faults.Fault.Outcome.Fails;
import dev.ragstream.faults.Wire.Hearing;
import dev.ragstream.model.ProviderFixture;
import dev.ragstream.model.ProviderFixtures;
import dev.ragstream.model.ScriptedServer;
import dev.ragstream.server.TestServer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of the table as a client of the server sees it, over every wire: the text so far, and
 * one end, the right one. Who speaks for the models takes turns, since {@link FaultMatrixTest}
 * plays each row with each of them.
 */
class ServedFaultsTest {

  private static final List<Wire> WIRES = List.of(Wire.values());

  static Stream<Arguments> matrix() {
    return FaultTable.rows().stream()
        .filter(fault -> !(fault.expected().outcome() instanceof Cancels))
        .flatMap(fault ->
            WIRES.stream().map(wire -> Arguments.argumentSet(wire + ": " + fault, fault, wire)));
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void isToldAsItIs(Fault fault, Wire wire) throws Exception {
    List<ProviderFixture> concerned =
        ProviderFixtures.all().stream().filter(fault.concerns()).toList();
    ProviderFixture provider = concerned.get(WIRES.indexOf(wire) % concerned.size());
    try (ScriptedServer upstream = new ScriptedServer()) {
      FaultRun run = new FaultRun(fault, provider, upstream);
      try (TestServer server = new TestServer(new Watched(run.model(), run.textRead()));
          Hearing hearing = wire.ask(server.port(), "Is it raining?")) {

        Answered answer = Answered.of(hearing);

        switch (fault.expected().outcome()) {
          case Completes _ -> assertThat(answer.ending()).as(answer.told()).isEqualTo("completed");
          case Cancels _ -> throw new AssertionError("not played here");
          case Fails(_, String problem, String remedy) -> {
            assertThat(answer.ending()).isEqualTo("failed");
            assertThat(answer.told())
                .matches(FaultRun.pattern(run.filled(problem + "; " + remedy, provider)));
          }
        }
        if (answer.ending().equals("completed") || !wire.isWhole()) {
          assertThat(answer.text()).isEqualTo(fault.expected().text());
        }
        assertThat(answer.toString()).doesNotContain(Stage.KEY).doesNotContain(Stage.HEADER);
      }
    }
  }

  /** Tells when a piece of the answer has passed. */
  private record Watched(ChatModel model, CountDownLatch textRead) implements ChatModel {

    @Override
    public String name() {
      return model.name();
    }

    @Override
    public Finish stream(Prompt prompt, Reader reader) throws InterruptedException {
      return model.stream(
          prompt,
          new Reader() {
            @Override
            public void reasoning(String piece) {
              reader.reasoning(piece);
            }

            @Override
            public void text(String piece) {
              reader.text(piece);
              textRead.countDown();
            }
          });
    }
  }
}
