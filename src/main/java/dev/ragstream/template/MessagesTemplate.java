package dev.ragstream.template;

import dev.ragstream.core.Excerpt;
import dev.ragstream.core.Message;
import dev.ragstream.core.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A template made of messages. Where none of them shows the history itself, its turns go before the
 * last message. A message that comes out blank is left out: servers refuse it.
 *
 * @param name for people
 * @param parts at least one
 */
record MessagesTemplate(String name, List<Part> parts) implements Template {

  /** One message to be rendered. */
  record Part(Message.Role role, MustacheText content) {}

  @Override
  public List<Message> render(Values values) {
    Map<String, Object> variables = variables(values);
    boolean showsHistory = parts.stream().anyMatch(part -> part.content().uses("history"));
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (i == parts.size() - 1 && !showsHistory) {
        messages.addAll(values.history());
      }
      Part part = parts.get(i);
      String content = part.content().render(variables);
      if (!content.isBlank()) {
        messages.add(new Message(part.role(), content));
      }
    }
    return messages;
  }

  static Map<String, Object> variables(Values values) {
    String context =
        values.excerpts().stream()
            .map(excerpt -> excerpt.fenced(values.fence()))
            .collect(Collectors.joining("\n\n"));
    return Map.of(
        "question", values.question(),
        "context", context,
        "fence", values.fence(),
        "passages", values.excerpts().stream().map(e -> passage(e, values.fence())).toList(),
        "history", values.history().stream().map(MessagesTemplate::turn).toList());
  }

  private static Map<String, Object> passage(Excerpt excerpt, String fence) {
    return Map.of(
        "n", excerpt.passage().n(),
        "id", excerpt.passage().chunk().id(),
        "source", excerpt.passage().chunk().source(),
        "title", excerpt.passage().chunk().title(),
        "text", excerpt.text(),
        "score", excerpt.passage().score(),
        "block", excerpt.fenced(fence),
        "metadata", excerpt.passage().chunk().metadata());
  }

  private static Map<String, Object> turn(Message message) {
    return Map.of(
        "role", message.role().name().toLowerCase(Locale.ROOT), "content", message.content());
  }
}
