package dev.ragstream.eval;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.ragstream.eval.GoldenPrompt.Line;
import dev.ragstream.eval.GoldenPrompt.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two prompts, told by passages first: which came, went, moved or changed. The
 * messages are then compared without the passages' text, so that nothing is told twice.
 */
public final class PromptDiff {

  private static final String PASSAGES = "⟨passages⟩";
  private static final int CONTEXT_LINES = 2;

  private final GoldenPrompt before;
  private final GoldenPrompt after;
  private final List<String> lines = new ArrayList<>();

  private PromptDiff(GoldenPrompt before, GoldenPrompt after) {
    this.before = before;
    this.after = after;
  }

  /** Lines for people; none where the prompts are the same. */
  public static List<String> between(GoldenPrompt before, GoldenPrompt after) {
    return new PromptDiff(before, after).lines();
  }

  private List<String> lines() {
    if (!before.question().equals(after.question())) {
      lines.add("question");
      unified(before.question(), after.question());
    }
    passages();
    int most = Math.max(before.messages().size(), after.messages().size());
    for (int i = 0; i < most; i++) {
      message(at(before.messages(), i), at(after.messages(), i));
    }
    if (lines.isEmpty() && !before.messages().equals(after.messages())) {
      for (int i = 0; i < before.messages().size(); i++) {
        lines.add("message " + (i + 1));
        unified(before.messages().get(i).content(), after.messages().get(i).content());
      }
    }
    return List.copyOf(lines);
  }

  private void passages() {
    Map<String, Shown> old = byId(before);
    Map<String, Shown> now = byId(after);
    for (Shown shown : after.passages()) {
      Shown was = old.get(shown.id());
      if (was == null) {
        lines.add("+ passage [" + shown.n() + "] " + shown.id() + " is new");
        continue;
      }
      if (was.n() != shown.n()) {
        lines.add(
            "↕ passage " + shown.id() + " moved from [" + was.n() + "] to [" + shown.n() + "]");
      }
      if (!was.text().equals(shown.text())) {
        lines.add("~ passage [" + shown.n() + "] " + shown.id() + " changed");
        unified(was.text(), shown.text());
      }
    }
    for (Shown was : before.passages()) {
      if (!now.containsKey(was.id())) {
        lines.add("- passage [" + was.n() + "] " + was.id() + " is gone");
      }
    }
  }

  private void message(@Nullable Line was, @Nullable Line now) {
    String old = was == null ? "" : skeleton(was.content(), before.passages());
    String fresh = now == null ? "" : skeleton(now.content(), after.passages());
    String oldRole = was == null ? "none" : was.role();
    String role = now == null ? "none" : now.role();
    if (!old.equals(fresh) || !oldRole.equals(role)) {
      lines.add(oldRole.equals(role) ? role + " message" : "message: " + oldRole + " → " + role);
      unified(old, fresh);
    }
  }

  /** The message with one mark in the place of all passages and what stands around each. */
  private static String skeleton(String content, List<Shown> passages) {
    int start = Integer.MAX_VALUE;
    int end = -1;
    for (Shown shown : passages) {
      int at = content.indexOf(shown.text());
      if (at >= 0) {
        start = Math.min(start, blockStart(content, at, shown));
        end = Math.max(end, blockEnd(content, at + shown.text().length(), shown));
      }
    }
    return end < 0 ? content : content.substring(0, start) + PASSAGES + content.substring(end);
  }

  private static int blockStart(String content, int at, Shown shown) {
    int open = content.lastIndexOf("<passage " + shown.n() + " ", at);
    return open < 0 ? at : open;
  }

  private static int blockEnd(String content, int at, Shown shown) {
    String mark = "</passage " + shown.n() + " ";
    int close = content.indexOf(mark, at);
    int end = close < 0 ? -1 : content.indexOf('>', close);
    return end < 0 ? at : end + 1;
  }

  private void unified(String was, String now) {
    List<String> old = was.lines().toList();
    List<String> fresh = now.lines().toList();
    List<String> diff =
        UnifiedDiffUtils.generateUnifiedDiff(
            "before", "after", old, DiffUtils.diff(old, fresh), CONTEXT_LINES);
    diff.stream()
        .filter(Objects::nonNull)
        .filter(line -> !line.startsWith("---") && !line.startsWith("+++"))
        .forEach(line -> lines.add("    " + line));
  }

  private static Map<String, Shown> byId(GoldenPrompt prompt) {
    return prompt.passages().stream()
        .collect(Collectors.toMap(Shown::id, Function.identity(), (first, _) -> first));
  }

  private static @Nullable Line at(List<Line> messages, int index) {
    return index < messages.size() ? messages.get(index) : null;
  }
}
