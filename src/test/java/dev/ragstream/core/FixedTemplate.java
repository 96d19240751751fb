package dev.ragstream.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A template without a library: {@code $question}, {@code $history} and {@code $passages} in one
 * message.
 */
public record FixedTemplate(String text) implements Template {

  public static final Template STANDARD =
      new FixedTemplate("Answer. $history $passages Question: $question");

  @Override
  public String name() {
    return "fixed";
  }

  @Override
  public List<Message> render(Values values) {
    List<String> turns = new ArrayList<>();
    for (Message message : values.history()) {
      turns.add(message.role().name().toLowerCase(Locale.ROOT) + ": " + message.content());
    }
    List<String> blocks =
        values.excerpts().stream().map(excerpt -> excerpt.fenced(values.fence())).toList();
    return List.of(
        new Message(
            Message.Role.USER,
            text.replace("$question", values.question())
                .replace("$history", String.join("\n", turns))
                .replace("$passages", String.join("\n\n", blocks))));
  }
}
