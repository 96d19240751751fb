package dev.ragstream.core;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a model's server did not read of a prompt, by its own count. A server whose context is too
 * small for a prompt may drop the beginning of it without a word, and answer from the rest.
 *
 * @param sent the prompt's tokens by our own count
 * @param read those that the server says it read
 * @param passages the numbers of the passages that begin in the part that was cut, if that is the
 *     beginning of the prompt; empty where they cannot be found in it
 */
public record Unread(int sent, int read, List<Integer> passages) {

  /** Two ways of counting tokens differ by less than this for texts in the same language. */
  private static final double LARGEST_DIFFERENCE = 0.25;

  /** Below this, nothing worth a warning can have been cut. */
  private static final int LEAST_CUT = 64;

  public Unread {
    passages = List.copyOf(passages);
  }

  /** What was not read; null where the server read all of it or did not say. */
  public static @Nullable Unread of(Prompt prompt, Usage usage) {
    int sent = prompt.ledger().total();
    int read = usage.promptTokens();
    int cut = sent - read;
    if (read < 0 || cut < LEAST_CUT || cut <= LARGEST_DIFFERENCE * sent) {
      return null;
    }
    return new Unread(sent, read, passagesBefore((double) cut / sent, prompt));
  }

  /** In one sentence, for people. */
  public String problem() {
    String count = "the model's server read only " + read + " of about " + sent + " tokens";
    if (passages.isEmpty()) {
      return count;
    }
    String numbers = passages.stream().map(n -> "[" + n + "]").collect(Collectors.joining(", "));
    return count
        + "; "
        + (passages.size() == 1 ? "passage " : "passages ")
        + numbers
        + " fell in the part that was cut";
  }

  /** In one sentence: what to do about it. */
  public String remedy() {
    return "raise the context length of the model's server (Ollama: name the model as ollama:NAME,"
        + " and where that is not enough set -o num_ctx=TOKENS), send no more than "
        + read
        + " tokens (prompt.budget less prompt.reserve), or use another endpoint";
  }

  /** Tokens are spread over the characters evenly enough to tell which passages a cut hits. */
  private static List<Integer> passagesBefore(double share, Prompt prompt) {
    String sent = prompt.messages().stream().map(Message::content).collect(Collectors.joining());
    List<Integer> hit = new ArrayList<>();
    for (Excerpt excerpt : prompt.excerpts()) {
      int fenced = sent.indexOf(excerpt.fenced(prompt.fence()));
      int start = fenced >= 0 ? fenced : sent.indexOf(excerpt.text());
      if (start >= 0 && start < share * sent.length()) {
        hit.add(excerpt.passage().n());
      }
    }
    return hit;
  }
}
