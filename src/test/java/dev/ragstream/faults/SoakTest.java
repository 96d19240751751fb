package dev.ragstream.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code scripts/bench soak} does for longer. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "what a process holds is read from /proc")
class SoakTest {

  /** Threads of pools come and go. */
  private static final int A_FEW = 8;

  @TempDir private Path folder;

  @Test
  void fiftyReadersThatStallTakeLittleHeapAndNothingFromOthers() throws Exception {
    Soak.Stalled stalled = Soak.stalledReaders(folder, 50, Duration.ofSeconds(10));

    System.out.println(stalled);
    assertThat(stalled.lost()).isZero();
    assertThat(stalled.heapGrowth()).isLessThan(64L << 20);
    // Whoever is held up by one of them is so for its whole patience of 30 s.
    assertThat(stalled.during()).isLessThan(stalled.before() + 20_000);
  }

  @Test
  void afterManyAnswersAndAbortsItHoldsNoMoreThanBefore() throws Exception {
    Soak.Many many = Soak.manyAnswers(folder, 1000);

    System.out.println(many);
    assertThat(many.seenUpstream()).isEqualTo(many.aborted());
    assertThat(many.after().descriptors()).isLessThanOrEqualTo(many.before().descriptors() + A_FEW);
    assertThat(many.after().threads()).isLessThanOrEqualTo(many.before().threads() + A_FEW);
    assertThat(many.after().javaThreads()).isLessThanOrEqualTo(many.before().javaThreads() + A_FEW);
  }
}
