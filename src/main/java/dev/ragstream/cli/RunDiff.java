package dev.ragstream.cli;

import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Usage;
import dev.ragstream.eval.GoldenPrompt;
import dev.ragstream.eval.PromptDiff;
import dev.ragstream.eval.TextDiff;
import dev.ragstream.journal.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What differs between two runs. */
record RunDiff(Run a, Run b) {

  /**
   * One thing as it is in either run.
   *
   * @param a null where the first run has no such thing
   */
  record Pair<T>(String name, @Nullable T a, @Nullable T b) {

    boolean same() {
      return Objects.equals(a, b);
    }
  }

  /** The settings that differ, as they were written. */
  List<Pair<String>> settings() {
    Map<String, String> then = a.start().settings();
    Map<String, String> now = b.start().settings();
    Set<String> names = new TreeSet<>(then.keySet());
    names.addAll(now.keySet());
    return names.stream()
        .map(name -> new Pair<>(name, then.get(name), now.get(name)))
        .filter(pair -> !pair.same())
        .toList();
  }

  /** The number of each passage in either run; in the order of the numbers of the second. */
  List<Pair<Integer>> passages() {
    Map<String, Integer> then = numbers(a);
    Map<String, Integer> now = numbers(b);
    Set<String> ids = new LinkedHashSet<>(then.keySet());
    ids.addAll(now.keySet());
    return ids.stream()
        .map(id -> new Pair<>(id, then.get(id), now.get(id)))
        .sorted(Comparator.comparingInt(RunDiff::place))
        .toList();
  }

  private static int place(Pair<Integer> pair) {
    return Objects.requireNonNullElse(pair.b(), Objects.requireNonNullElse(pair.a(), 0));
  }

  private static Map<String, Integer> numbers(Run run) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    run.retrieval()
        .ifPresent(found ->
            found.passages().forEach(passage -> numbers.put(passage.chunk().id(), passage.n())));
    return numbers;
  }

  /** Lines for people; none where the prompts are the same, or one of the runs has none. */
  List<String> prompt() {
    if (a.prompt().isEmpty() || b.prompt().isEmpty()) {
      return List.of();
    }
    Prompt then = a.prompt().get();
    Prompt now = b.prompt().get();
    List<String> lines = new ArrayList<>();
    if (!then.template().equals(now.template())) {
      lines.add("template: %s → %s".formatted(then.template(), now.template()));
    }
    lines.addAll(PromptDiff.between(GoldenPrompt.of(then), GoldenPrompt.of(now)));
    return lines;
  }

  /** A unified diff; empty where the answers are the same. */
  List<String> answer() {
    return TextDiff.lines(a.answer(), b.answer());
  }

  /** What the model's server counted; unknown where the run did not complete. */
  static Usage usage(Run run) {
    return run.ending().orElse(null) instanceof Completed completed
        ? completed.usage()
        : Usage.UNKNOWN;
  }
}
