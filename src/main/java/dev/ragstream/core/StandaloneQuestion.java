package dev.ragstream.core;

import java.util.List;
import java.util.function.Consumer;

/**
 * Has a model reword a question that follows others, so that it can be understood by itself. Where
 * the model fails or says nothing of use, another way is gone.
 *
 * @param otherwise the other way
 * @param notices is told, in a sentence, why that was gone
 */
public record StandaloneQuestion(
    ChatModel model, TokenCounter counter, FollowUps otherwise, Consumer<String> notices)
    implements FollowUps {

  private static final int RECENT_MESSAGES = 6;
  private static final int LONGEST_MESSAGE = 1500;
  private static final int LONGEST_QUESTION = 500;
  private static final int RESERVE = 256;

  private static final String INSTRUCTIONS =
      """
      You prepare the last question of a conversation for a search in documents. Reword it so that \
      it can be understood without the conversation: name what words such as "it", "there" or \
      "the other one" stand for, and keep its meaning and its language. Where nothing is missing, \
      repeat it. Write the question alone, in one line, and do not answer it.\
      """;

  @Override
  public String query(Question question) throws InterruptedException {
    if (question.history().isEmpty()) {
      return question.text();
    }
    StringBuilder said = new StringBuilder();
    try {
      model.stream(prompt(question), new Listener(said));
    } catch (FailureException e) {
      return otherwise(question, e.failure().problem());
    }
    String reworded =
        said.toString()
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .findFirst()
            .orElse("");
    if (reworded.isEmpty() || reworded.length() > LONGEST_QUESTION) {
      return otherwise(question, "the model gave no question");
    }
    return reworded;
  }

  private String otherwise(Question question, String reason) throws InterruptedException {
    notices.accept("the question is looked for as it was asked and by words of before: " + reason);
    return otherwise.query(question);
  }

  private Prompt prompt(Question question) {
    StringBuilder conversation = new StringBuilder("The conversation:\n\n");
    List<Message> history = question.history();
    for (Message message :
        history.subList(Math.max(0, history.size() - RECENT_MESSAGES), history.size())) {
      conversation
          .append(message.role() == Message.Role.USER ? "User: " : "Assistant: ")
          .append(clipped(message.content()))
          .append("\n\n");
    }
    conversation.append("The last question: ").append(question.text());
    List<Message> messages =
        List.of(
            new Message(Message.Role.SYSTEM, INSTRUCTIONS),
            new Message(Message.Role.USER, conversation.toString()));
    int total = messages.stream().mapToInt(message -> counter.count(message.content())).sum();
    Ledger ledger = new Ledger(total + RESERVE, RESERVE, total, 0, 0, 0, total, List.of());
    return new Prompt(question, "standalone question", messages, List.of(), "", ledger);
  }

  private static String clipped(String content) {
    if (content.length() <= LONGEST_MESSAGE) {
      return content;
    }
    int end = Character.isHighSurrogate(content.charAt(LONGEST_MESSAGE - 1)) ? 1 : 0;
    return content.substring(0, LONGEST_MESSAGE - end) + "…";
  }

  private record Listener(StringBuilder said) implements ChatModel.Reader {

    @Override
    public void reasoning(String piece) {
      // it thinks for itself
    }

    @Override
    public void text(String piece) {
      said.append(piece);
    }
  }
}
