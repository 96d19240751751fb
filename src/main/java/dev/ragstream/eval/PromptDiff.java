package dev.ragstream.eval;

import dev.ragstream.eval.GoldenPrompt.Line;
import dev.ragstream.eval.GoldenPrompt.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two prompts, told by passages first: which came, went, moved or changed. The
 * messages are then compared without the passages' text, so that nothing is told twice.
 */
public final class PromptDiff {

  private static final String PASSAGES = "⟨passages⟩";
  private static final String QUESTION = "⟨question⟩";

  /** All fenced passages, and what stands between them. */
  private static final Pattern BLOCKS =
      Pattern.compile(
          "(?s)<passage \\d+ %1$s>\n.*\n</passage \\d+ %1$s>".formatted(GoldenPrompt.FENCE));

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
      lines.add("~ question changed");
      unified(before.question(), after.question());
    }
    passages();
    int most = Math.max(before.messages().size(), after.messages().size());
    for (int i = 0; i < most; i++) {
      message(at(before.messages(), i), at(after.messages(), i));
    }
    if (lines.isEmpty() && !before.messages().equals(after.messages())) {
      for (int i = 0; i < most; i++) {
        Line was = before.messages().get(i);
        Line now = after.messages().get(i);
        if (!was.equals(now)) {
          lines.add("~ message " + (i + 1) + " changed around its passages");
          unified(was.content(), now.content());
        }
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
      if (!whole(was).equals(whole(shown))) {
        lines.add("~ passage [" + shown.n() + "] " + shown.id() + " changed");
        unified(whole(was), whole(shown));
      }
    }
    for (Shown was : before.passages()) {
      if (!now.containsKey(was.id())) {
        lines.add("- passage [" + was.n() + "] " + was.id() + " is gone");
      }
    }
  }

  private static String whole(Shown shown) {
    return shown.title().isEmpty() ? shown.text() : shown.title() + "\n\n" + shown.text();
  }

  private void message(@Nullable Line was, @Nullable Line now) {
    String old = was == null ? "" : skeleton(was.content(), before);
    String fresh = now == null ? "" : skeleton(now.content(), after);
    String oldRole = was == null ? "none" : was.role();
    String role = now == null ? "none" : now.role();
    if (!old.equals(fresh) || !oldRole.equals(role)) {
      lines.add(
          oldRole.equals(role)
              ? "~ " + role + " message changed"
              : "~ message changed: " + oldRole + " → " + role);
      unified(old, fresh);
    }
  }

  /** The message with one mark in the place of its passages, and one in that of its question. */
  private static String skeleton(String content, GoldenPrompt prompt) {
    Matcher blocks = BLOCKS.matcher(content);
    String rest =
        blocks.find() ? blocks.replaceFirst(PASSAGES) : withoutTexts(content, prompt.passages());
    int question = rest.lastIndexOf(prompt.question());
    return question < 0
        ? rest
        : rest.substring(0, question)
            + QUESTION
            + rest.substring(question + prompt.question().length());
  }

  /** For templates with delimiters of their own: from the first passage's text to the last's. */
  private static String withoutTexts(String content, List<Shown> passages) {
    int start = -1;
    int end = 0;
    for (Shown shown : passages) {
      int at = content.indexOf(shown.text(), end);
      if (at >= 0) {
        start = start < 0 ? at : start;
        end = at + shown.text().length();
      }
    }
    return start < 0 ? content : content.substring(0, start) + PASSAGES + content.substring(end);
  }

  private void unified(String was, String now) {
    TextDiff.lines(was, now).forEach(line -> lines.add("    " + line));
  }

  private static Map<String, Shown> byId(GoldenPrompt prompt) {
    return prompt.passages().stream()
        .collect(Collectors.toMap(Shown::id, Function.identity(), (first, _) -> first));
  }

  private static @Nullable Line at(List<Line> messages, int index) {
    return index < messages.size() ? messages.get(index) : null;
  }
}
