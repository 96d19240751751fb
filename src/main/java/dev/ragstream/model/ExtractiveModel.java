package dev.ragstream.model;

import dev.ragstream.core.ChatModel;
import dev.ragstream.core.Embedder;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Answers in process, without a language model: with up to three statements of the prompt's
 * excerpts, word for word and each followed by its citation.
 */
public final class ExtractiveModel implements ChatModel {

  private final StatementPicker picker;

  /**
   * @param embedder compares the question with the statements; stays the caller's to close
   */
  public ExtractiveModel(Embedder embedder) {
    this.picker = new StatementPicker(embedder);
  }

  @Override
  public String name() {
    return "extractive";
  }

  @Override
  public Finish stream(Prompt prompt, Reader reader) throws InterruptedException {
    String question = prompt.question().text();
    List<Statement> statements =
        prompt.excerpts().stream().flatMap(e -> StatementReader.read(e).stream()).toList();
    List<Statement> picked = picker.pick(question, statements);
    String answer =
        picked.isEmpty()
            ? nothingFound(prompt)
            : picked.stream()
                .map(statement -> statement.text() + " [" + statement.n() + "]")
                .collect(Collectors.joining(" "));
    for (String word : words(answer)) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      reader.text(word);
    }
    return new Finish("stop", Usage.UNKNOWN);
  }

  private static String nothingFound(Prompt prompt) {
    boolean chinese = Words.ideographic(prompt.question().text());
    if (prompt.ledger().nothingFits()) {
      return chinese ? "提示词的预算放不下任何段落。" : "No passage fits into the budget of the prompt.";
    }
    return chinese ? "文档中没有与此相关的内容。" : "The documents hold nothing on this.";
  }

  /** Cut after each white space and each ideograph. */
  private static List<String> words(String answer) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < answer.length(); ) {
      int c = answer.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isWhitespace(c) || Character.isIdeographic(c) || i == answer.length()) {
        words.add(answer.substring(start, i));
        start = i;
      }
    }
    return words;
  }
}
