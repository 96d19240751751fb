package dev.ragstream.render;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Chunk;
import dev.ragstream.core.Excerpt;
import dev.ragstream.core.Failure;
import dev.ragstream.core.Filter;
import dev.ragstream.core.Ledger;
import dev.ragstream.core.Ledger.Outcome;
import dev.ragstream.core.Ledger.Reason;
import dev.ragstream.core.Message;
import dev.ragstream.core.Passage;
import dev.ragstream.core.Passage.Reranked;
import dev.ragstream.core.Passage.Standing;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Question;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.Timings;
import dev.ragstream.core.Unread;
import dev.ragstream.core.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The events of an answer that nobody gave, the same for the same seed. */
final class RandomAnswer {

  private static final String SIGNS =
      "ab ⟨é中午有雨🌧\u0000\u001b\r\n\t\u2028\u202e\u00ad\"'\\/{}[]<&$%";

  private final Random random;

  RandomAnswer(long seed) {
    random = new Random(seed);
  }

  List<AnswerEvent> events() {
    List<AnswerEvent> events = new ArrayList<>();
    Retrieval retrieval = retrieval();
    events.add(new Retrieved(retrieval));
    events.add(new PromptBuilt(prompt(retrieval.passages())));
    events.addAll(some(_ -> new Reasoning(text())));
    events.addAll(some(_ -> new Text(text())));
    events.add(ending());
    return events;
  }

  private Retrieval retrieval() {
    int count = random.nextInt(8);
    return new Retrieval(
        text(),
        new Retrieval.Options(
            one(Retrieval.Mode.values()),
            random.nextInt(20),
            random.nextInt(),
            random.nextBoolean() ? Double.NEGATIVE_INFINITY : random.nextDouble(),
            new Filter(texts())),
        IntStream.rangeClosed(1, count).mapToObj(this::passage).toList(),
        Duration.ofMillis(random.nextInt(100_000)));
  }

  private Passage passage(int n) {
    return new Passage(
        n,
        new Chunk(text(), text(), text(), text(), texts()),
        random.nextGaussian(),
        standing(),
        standing(),
        random.nextBoolean()
            ? null
            : new Reranked(random.nextInt(50), random.nextGaussian(), random.nextInt(50)));
  }

  private @Nullable Standing standing() {
    return random.nextBoolean() ? null : new Standing(random.nextInt(50), random.nextDouble(9));
  }

  private Prompt prompt(List<Passage> passages) {
    return new Prompt(
        new Question("?" + text(), some(_ -> message())),
        text(),
        some(_ -> message()),
        passages.stream().filter(_ -> random.nextBoolean()).map(this::excerpt).toList(),
        text(),
        new Ledger(
            random.nextInt(),
            random.nextInt(),
            random.nextInt(),
            random.nextInt(),
            random.nextInt(),
            random.nextInt(),
            random.nextInt(),
            passages.stream().map(this::entry).toList()));
  }

  private Excerpt excerpt(Passage passage) {
    return new Excerpt(passage, random.nextBoolean() ? passage.chunk().text() : text());
  }

  private Ledger.Entry entry(Passage passage) {
    Outcome outcome =
        one(
            new Outcome.Kept(),
            new Outcome.Clipped(),
            new Outcome.Dropped(
                one(
                    new Reason.OverBudget(),
                    new Reason.DuplicateOf(random.nextInt(9)),
                    new Reason.BelowMinScore(),
                    new Reason.BeyondTopK())));
    return new Ledger.Entry(passage, random.nextInt(900), random.nextInt(900), outcome);
  }

  private Message message() {
    return new Message(one(Message.Role.values()), text());
  }

  private Ending ending() {
    return one(
        new Completed(
            text(),
            some(_ -> random.nextInt(20)),
            one(Usage.UNKNOWN, usage()),
            random.nextBoolean() ? null : unread(),
            timings()),
        new Cancelled(timings()),
        new Failed(new Failure(one(Failure.Kind.values()), text(), text()), timings()));
  }

  private Usage usage() {
    return new Usage(random.nextInt(9) - 1, random.nextInt(100_000));
  }

  private Unread unread() {
    return new Unread(random.nextInt(9000), random.nextInt(900), some(_ -> random.nextInt(20)));
  }

  private Timings timings() {
    return new Timings(random.nextInt(99), random.nextInt(99) - 1, random.nextLong(1L << 40));
  }

  private Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    some(_ -> texts.put(text(), text()));
    return texts;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    random
        .ints(random.nextInt(12), 0, SIGNS.codePointCount(0, SIGNS.length()))
        .map(n -> SIGNS.codePointAt(SIGNS.offsetByCodePoints(0, n)))
        .forEach(text::appendCodePoint);
    return text.toString();
  }

  private <T> List<T> some(IntFunction<T> make) {
    return IntStream.range(0, random.nextInt(4)).mapToObj(make).toList();
  }

  @SafeVarargs
  private <T> T one(T... of) {
    return of[random.nextInt(of.length)];
  }
}
