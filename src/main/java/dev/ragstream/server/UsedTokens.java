package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.TokenCounter;
import dev.ragstream.core.Usage;
import java.util.function.Consumer;

/**
 * What one answer used: as its model counted, and as the prompt's ledger counts where the model did
 * not say.
 */
final class UsedTokens implements Consumer<AnswerEvent> {

  private final TokenCounter counter;
  private final StringBuilder written = new StringBuilder();
  private int prompt;

  UsedTokens(TokenCounter counter) {
    this.counter = counter;
  }

  @Override
  public void accept(AnswerEvent event) {
    if (event instanceof PromptBuilt built) {
      prompt = built.prompt().ledger().total();
    } else if (event instanceof Reasoning(String piece)) {
      written.append(piece);
    } else if (event instanceof Text(String piece)) {
      written.append(piece);
    }
  }

  Usage of(Completed completed) {
    Usage said = completed.usage();
    return new Usage(
        said.promptTokens() < 0 ? prompt : said.promptTokens(),
        said.completionTokens() < 0 ? counter.count(written.toString()) : said.completionTokens());
  }
}
