package dev.ragstream.render;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.Unread;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the events of an answer for one thing: how much of the prompt the model's server read. */
public final class PromptMeasure implements Consumer<AnswerEvent> {

  private int sent;
  private @Nullable Completed completed;

  @Override
  public void accept(AnswerEvent event) {
    if (event instanceof PromptBuilt(var prompt)) {
      sent = prompt.ledger().total();
    } else if (event instanceof Completed ending) {
      completed = ending;
    }
  }

  /** Whether the server says that it read far less than it was sent. */
  public boolean cut() {
    return completed != null && completed.unread() != null;
  }

  /** For people; nothing where there was no answer. */
  public String text(Style style) {
    if (completed == null) {
      return "";
    }
    Unread unread = completed.unread();
    int read = completed.usage().promptTokens();
    String counts =
        "sent: about " + sent + " tokens\nread: " + (read < 0 ? "?" : read) + " tokens\n";
    if (unread != null) {
      return counts + FailureText.warning(unread.problem(), unread.remedy(), style);
    }
    return counts
        + (read < 0 ? "the model's server does not say how much it read\n" : "nothing was cut\n");
  }
}
