package dev.ragstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.ScriptedModel;
import dev.ragstream.core.Timings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the server's user hears of answers that failed. */
class FailureNoticesTest {

  private static final String QUESTION = "{\"question\":\"Rain?\"}";

  private final List<String> told = new ArrayList<>();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final FailureNotices notices = new FailureNotices(told::add, waiting::add);

  @Test
  void theFirstOfAKindIsToldAtOnceAndTheOthersTogether() {
    for (int i = 0; i < 1000; i++) {
      fail(Failure.Kind.UPSTREAM_ERROR, "request " + i + " failed");
    }
    assertThat(told)
        .containsExactly("an answer failed, upstream_error: request 0 failed\n  → mend it");

    pass();
    assertThat(told)
        .hasSize(2)
        .last()
        .isEqualTo(
            "999 answers failed in 10 s, the last one, upstream_error: request 999 failed\n"
                + "  → mend it");
  }

  @Test
  void afterAQuietWhileTheNextOneIsToldAtOnce() {
    fail(Failure.Kind.UPSTREAM_ERROR, "first");
    pass();
    assertThat(waiting).isEmpty();

    fail(Failure.Kind.UPSTREAM_ERROR, "second");

    assertThat(told).hasSize(2).last().asString().contains("second");
  }

  @Test
  void theSecondOfTwoIsToldInFullWhenTheWhileIsOver() {
    fail(Failure.Kind.UPSTREAM_ERROR, "first");
    fail(Failure.Kind.UPSTREAM_ERROR, "second");
    assertThat(told).hasSize(1);

    pass();

    assertThat(told).last().isEqualTo("an answer failed, upstream_error: second\n  → mend it");
  }

  @Test
  void oneKindDoesNotHideAnother() {
    fail(Failure.Kind.UPSTREAM_ERROR, "no");
    fail(Failure.Kind.STORE_MISSING, "no index");

    assertThat(told).hasSize(2).last().asString().contains("store_missing: no index");
  }

  @Test
  void foreignTextDrivesNoTerminal() {
    fail(Failure.Kind.UPSTREAM_ERROR, "bad\u001b]0;title\u0007\nserving on http://elsewhere");

    assertThat(told)
        .singleElement()
        .isEqualTo(
            "an answer failed, upstream_error: bad␛]0;title␇ serving on http://elsewhere\n"
                + "  → mend it");
  }

  @ParameterizedTest
  @EnumSource(names = {"USAGE", "PROMPT_TOO_LONG", "REPLAY_MISMATCH"})
  void whatTheRequestIsAtFaultForIsToldToItsClientAlone(Failure.Kind kind) {
    fail(kind, "no");

    assertThat(told).isEmpty();
  }

  @Test
  void aServerThatFailsAgainAndAgainTellsItsUserOnce() throws Exception {
    ScriptedModel model =
        new ScriptedModel(_ -> {
          throw new FailureException(Failure.Kind.UPSTREAM_STALLED, "it is silent", "wake it");
        });
    TestServer server = new TestServer(model);
    try (server) {
      for (String path : List.of("/stream", "/api/ask", "/stream")) {
        server.send(server.post(path, QUESTION));
      }
    } // waits until all runs are over

    assertThat(server.notices)
        .containsExactly("an answer failed, upstream_stalled: it is silent\n  → wake it");
  }

  private void fail(Failure.Kind kind, String problem) {
    notices.answered(new Failed(new Failure(kind, problem, "mend it"), new Timings(0, -1, 1)));
  }

  private void pass() {
    Runnable next = waiting.remove();
    next.run();
  }
}
